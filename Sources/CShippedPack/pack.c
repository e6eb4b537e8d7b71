// The shipped pack, built into the program: every file below config/, so that toxwatch works from any folder.
#include "pack.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char file_toxwatch[] = {
#embed "../../config/toxwatch.yaml"
};
static const unsigned char file_codes_agents[] = {
#embed "../../config/codes/agents.yaml"
};
static const unsigned char file_codes_attributes[] = {
#embed "../../config/codes/attributes.yaml"
};
static const unsigned char file_codes_labs[] = {
#embed "../../config/codes/labs.yaml"
};
static const unsigned char file_codes_symptoms[] = {
#embed "../../config/codes/symptoms.yaml"
};
static const unsigned char file_codes_units[] = {
#embed "../../config/codes/units.yaml"
};
static const unsigned char file_codes_vitals[] = {
#embed "../../config/codes/vitals.yaml"
};
static const unsigned char file_scales_astct_crs[] = {
#embed "../../config/scales/astct-crs.yaml"
};
static const unsigned char file_scales_astct_icans[] = {
#embed "../../config/scales/astct-icans.yaml"
};
static const unsigned char file_scales_ctcae_v5_labs[] = {
#embed "../../config/scales/ctcae-v5-labs.yaml"
};
static const unsigned char file_scales_ctcae_v5_symptoms[] = {
#embed "../../config/scales/ctcae-v5-symptoms.yaml"
};
static const unsigned char file_scales_earlier_ctcae_labs[] = {
#embed "../../config/scales/earlier-ctcae-labs.yaml"
};
static const unsigned char file_scales_fda_vaccine_reactions[] = {
#embed "../../config/scales/fda-vaccine-reactions.yaml"
};
static const unsigned char file_scales_pro_ctcae[] = {
#embed "../../config/scales/pro-ctcae.yaml"
};
static const unsigned char file_scales_signs[] = {
#embed "../../config/scales/signs.yaml"
};
static const unsigned char file_sources_cdisc_labs[] = {
#embed "../../config/sources/cdisc-labs.yaml"
};
static const unsigned char file_sources_cdisc_vaccine_reactions[] = {
#embed "../../config/sources/cdisc-vaccine-reactions.yaml"
};
static const unsigned char file_sources_pro_ctcae_survey[] = {
#embed "../../config/sources/pro-ctcae-survey.yaml"
};
static const unsigned char file_therapies_adoptive_cell_transfer[] = {
#embed "../../config/therapies/adoptive-cell-transfer.yaml"
};
static const unsigned char file_therapies_antibody_drug_conjugate[] = {
#embed "../../config/therapies/antibody-drug-conjugate.yaml"
};
static const unsigned char file_therapies_any[] = {
#embed "../../config/therapies/any.yaml"
};
static const unsigned char file_therapies_cancer_vaccine[] = {
#embed "../../config/therapies/cancer-vaccine.yaml"
};
static const unsigned char file_therapies_checkpoint_inhibitor[] = {
#embed "../../config/therapies/checkpoint-inhibitor.yaml"
};
static const unsigned char file_therapies_modifiers[] = {
#embed "../../config/therapies/modifiers.yaml"
};
static const unsigned char file_therapies_monoclonal_antibody[] = {
#embed "../../config/therapies/monoclonal-antibody.yaml"
};
static const unsigned char file_therapies_t_cell_engager[] = {
#embed "../../config/therapies/t-cell-engager.yaml"
};

static const struct toxwatch_pack_file files[] = {
    {"toxwatch.yaml", file_toxwatch, sizeof file_toxwatch},
    {"codes/agents.yaml", file_codes_agents, sizeof file_codes_agents},
    {"codes/attributes.yaml", file_codes_attributes, sizeof file_codes_attributes},
    {"codes/labs.yaml", file_codes_labs, sizeof file_codes_labs},
    {"codes/symptoms.yaml", file_codes_symptoms, sizeof file_codes_symptoms},
    {"codes/units.yaml", file_codes_units, sizeof file_codes_units},
    {"codes/vitals.yaml", file_codes_vitals, sizeof file_codes_vitals},
    {"scales/astct-crs.yaml", file_scales_astct_crs, sizeof file_scales_astct_crs},
    {"scales/astct-icans.yaml", file_scales_astct_icans, sizeof file_scales_astct_icans},
    {"scales/ctcae-v5-labs.yaml", file_scales_ctcae_v5_labs, sizeof file_scales_ctcae_v5_labs},
    {"scales/ctcae-v5-symptoms.yaml", file_scales_ctcae_v5_symptoms, sizeof file_scales_ctcae_v5_symptoms},
    {"scales/earlier-ctcae-labs.yaml", file_scales_earlier_ctcae_labs, sizeof file_scales_earlier_ctcae_labs},
    {"scales/fda-vaccine-reactions.yaml", file_scales_fda_vaccine_reactions, sizeof file_scales_fda_vaccine_reactions},
    {"scales/pro-ctcae.yaml", file_scales_pro_ctcae, sizeof file_scales_pro_ctcae},
    {"scales/signs.yaml", file_scales_signs, sizeof file_scales_signs},
    {"sources/cdisc-labs.yaml", file_sources_cdisc_labs, sizeof file_sources_cdisc_labs},
    {"sources/cdisc-vaccine-reactions.yaml", file_sources_cdisc_vaccine_reactions, sizeof file_sources_cdisc_vaccine_reactions},
    {"sources/pro-ctcae-survey.yaml", file_sources_pro_ctcae_survey, sizeof file_sources_pro_ctcae_survey},
    {"therapies/adoptive-cell-transfer.yaml", file_therapies_adoptive_cell_transfer, sizeof file_therapies_adoptive_cell_transfer},
    {"therapies/antibody-drug-conjugate.yaml", file_therapies_antibody_drug_conjugate, sizeof file_therapies_antibody_drug_conjugate},
    {"therapies/any.yaml", file_therapies_any, sizeof file_therapies_any},
    {"therapies/cancer-vaccine.yaml", file_therapies_cancer_vaccine, sizeof file_therapies_cancer_vaccine},
    {"therapies/checkpoint-inhibitor.yaml", file_therapies_checkpoint_inhibitor, sizeof file_therapies_checkpoint_inhibitor},
    {"therapies/modifiers.yaml", file_therapies_modifiers, sizeof file_therapies_modifiers},
    {"therapies/monoclonal-antibody.yaml", file_therapies_monoclonal_antibody, sizeof file_therapies_monoclonal_antibody},
    {"therapies/t-cell-engager.yaml", file_therapies_t_cell_engager, sizeof file_therapies_t_cell_engager},
};

size_t toxwatch_pack_count(void) { return sizeof files / sizeof files[0]; }

struct toxwatch_pack_file toxwatch_pack_file(size_t index) { return files[index]; }
