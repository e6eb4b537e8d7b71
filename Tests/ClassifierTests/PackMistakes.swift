/// Mistakes in the pack of `PackCompilerTests`: what is replaced, by what, and what is said of it, with the help.
enum PackMistakes {
    typealias Mistake = (old: String, new: String, problem: String, help: String)

    static let all: [Mistake] = names + limits + criteria + omissions + doubles + places

    private static let names: [Mistake] = [
        (
            "grades: {1: area > 0,", "grades: {1: aera > 0,",
            "scale.yaml:28:17: error: unknown attribute or qualifier 'aera'", "did you mean 'area'?"
        ),
        (
            "adl = instrumental", "adl = instrumentel",
            "scale.yaml:28:49: error: 'instrumentel' is not a choice of 'adl'", ""
        ),
        ("  adl:\n", "  adll:\n", "scale.yaml:25:7: error: unknown attribute 'adll'", "did you mean 'adl'?"),
        ("concern: liver", "concern: livr", "scale.yaml:7:14: error: unknown concern 'livr'", "did you mean 'liver'?"),
        (
            "alt: {1: none, 2: soon}", "rahs: {1: none, 2: soon}", "any.yaml:5:3: error: unknown term 'rahs'",
            "did you mean 'rash'?"
        ),
        ("when: rash.sore", "when: rahs.sore", "any.yaml:7:34: error: unknown name 'rahs'", "did you mean 'rash'?"),
        (
            "when: rash.sore", "when: rash.soar", "any.yaml:7:34: error: unknown attribute 'soar'",
            "did you mean 'sore'?"
        ),
        ("of: [alt >= 1,", "of: [atl >= 1,", "any.yaml:8:37: error: unknown name 'atl'", "did you mean 'alt'?"),
        ("terms: [alt, rash]", "terms: [alt, rsh]", "any.yaml:9:45: error: unknown term 'rsh'", "did you mean 'rash'?"),
        ("{therapy: pd1,", "{therapy: pd2,", "shared.yaml:7:21: error: unknown therapy 'pd2'", "did you mean 'pd1'?"),
        (
            "of: [pd1, chemo]", "of: [pd1, kemo]", "ici.yaml:8:45: error: unknown therapy 'kemo'",
            "did you mean 'chemo'?"
        ),
        (
            "{denies: symptomatic}", "{denies: symptomatc}", "shared.yaml:5:18: error: unknown qualifier 'symptomatc'",
            "did you mean 'symptomatic'?"
        ),
        (
            "rash.area: [bsa]", "rash.aera: [bsa]", "shared.yaml:10:3: error: unknown attribute 'aera'",
            "did you mean 'area'?"
        ),
        (
            "  rash: [meddra|1]", "  rsh: [meddra|1]", "shared.yaml:9:3: error: unknown term 'rsh'",
            "did you mean 'rash'?"
        ),
        ("advice: {rash:", "advice: {rahs:", "ici.yaml:5:10: error: unknown term 'rahs'", "did you mean 'rash'?"),
        ("default: area", "default: aera", "scale.yaml:27:14: error: unknown attribute 'aera'", "did you mean 'area'?"),
        (
            "severity: urgent", "severity: urgnt", "any.yaml:8:81: error: unknown severity 'urgnt'",
            "did you mean 'urgent'?"
        ),
        (
            "kind: together", "kind: togther", "any.yaml:8:22: error: unknown kind of rule 'togther'",
            "did you mean 'together'?"
        ),
        (
            "direction: high", "direction: hihg", "scale.yaml:13:16: error: unknown direction 'hihg'",
            "did you mean 'high'?"
        ),
        (
            "365d after last_dose", "365d after lastdose", "ici.yaml:3:26: error: unknown clock 'lastdose'",
            "did you mean 'last_dose'?"
        ),
        (
            "plausible: 0..50000", "plausibel: 0..50000", "scale.yaml:12:5: error: unknown key 'plausibel'",
            "did you mean 'plausible'?"
        ),
        ("within: 3d,", "withn: 3d,", "any.yaml:8:5: error: a rule needs 'within'", ""),
    ]

    private static let limits: [Mistake] = [
        (
            "2: \"> 3 ULN\"", "2: \"> 6 ULN\"",
            "scale.yaml:14:45: error: the limit of grade 3, '> 5 ULN', falls below that of grade 2, '> 6 ULN'",
            "a higher grade must be harder to reach"
        ),
        (
            "2: \"> 3 ULN\"", "2: \"> 1 ULN\"",
            "scale.yaml:14:31: error: the limit of grade 2, '> 1 ULN', overlaps that of grade 1, '> 1 ULN'",
            "a higher grade must be harder to reach"
        ),
        (
            "2: \"< 130\"", "2: \"< 120\"",
            "scale.yaml:19:70: error: the limit of grade 3, '< 125', rises above that of grade 2, '< 120'",
            "a higher grade must be harder to reach"
        ),
        (
            "3: \"> 5 ULN\"", "3: \"< 5 ULN\"",
            "scale.yaml:14:45: error: grade 3 of a high ladder looks the other way: '< 5 ULN'", ""
        ),
        ("\"< 130\"", "\"> 130\"", "scale.yaml:19:58: error: grade 2 of a low ladder looks the other way: '> 130'", ""),
        (
            "plausible: 0..50000", "plausible: 9..3", "scale.yaml:12:16: error: '9..3' is not a range",
            "write it as LOW..HIGH, such as 30..45"
        ),
        (
            "\"< 130\"", "\"< 130 mg/dL\"",
            "scale.yaml:19:60: error: no factor of 'value' turns 'mg/dL' into its own unit",
            "add it under 'units', or correct the unit"
        ),
        (
            "units: {ukat/L: 60}", "units: {ukat/L: 0}", "scale.yaml:11:21: error: '0' is not a factor",
            "write a number above zero, or a fraction such as 5/9"
        ),
        (
            "units: {ukat/L: 60}", "units: {U/L: 60}",
            "scale.yaml:11:13: error: unit 'U/L' is told twice (or is a spelling of another)", ""
        ),
        ("    unit: U/L\n", "", "scale.yaml:10:12: error: 'units' without the 'unit' that they turn into", ""),
        (
            "plausible: 0..50000", "plausible: 0..50000\n    assume_unit: maybe",
            "scale.yaml:13:18: error: 'assume_unit' must be true or false, found 'maybe'", ""
        ),
        (
            "grades: {1: \"> 1 ULN\"", "grades: {6: \"> 99 ULN\", 1: \"> 1 ULN\"",
            "scale.yaml:14:14: error: '6' is not a grade", "grades are 1 to 5"
        ),
    ]

    private static let criteria: [Mistake] = [
        (
            "area > 30 and sore", "area > 30 and",
            "scale.yaml:28:79: error: in the criterion 'area > 30 and': expected a name or a comparison, found end of the criterion",
            ""
        ),
        (
            "area > 30 and sore", "area > 30 and adl",
            "scale.yaml:28:80: error: 'adl' is not a yes/no attribute; compare it with something", ""
        ),
        (
            "area > 30 and sore", "sore > 3", "scale.yaml:28:66: error: 'sore' cannot be compared with that",
            "it is yes or no: write its name alone, or 'not' before it"
        ),
        ("area > 30 and sore", "adl >= 7", "scale.yaml:28:73: error: '7' is not a choice of 'adl'", ""),
        (
            "area > 30 and sore", "symptomatic > 3",
            "scale.yaml:28:66: error: 'symptomatic' holds or does not; it is not compared", ""
        ),
        (
            "area > 30 and sore", "area > 30 lasting 24h",
            "scale.yaml:28:76: error: 'lasting' needs an attribute 'duration_h' of the term and whole hours",
            "declare duration_h: {kind: number} among the term's attributes"
        ),
        (
            "when: rash.sore", "when: rash.sore and alt >= 2",
            "any.yaml:7:34: error: 'when' looks at one report, and this asks about 2 terms",
            "use kind: together for reports that come apart"
        ),
        (
            "when: rash.sore", "when: \"flag in [HH]\"", "any.yaml:7:34: error: 'when' names no term",
            "name one, or add 'terms: all'"
        ),
        (
            "of: [alt >= 1,", "of: [\"> 3\",", "any.yaml:8:37: error: '> 3' cannot be a part of a combination",
            "name a term in it"
        ),
    ]

    private static let omissions: [Mistake] = [
        ("    title: ALT\n", "", "scale.yaml:5:3: error: term 'alt' has no 'title' on any scale", ""),
        ("    concern: skin\n", "", "scale.yaml:20:3: error: term 'rash' has no 'concern'", ""),
        ("phrase: \"{term} grade {grade}\"\n", "", "scale.yaml:1:1: error: a config file needs 'phrase'", ""),
        ("source: root source\n", "", "any.yaml:6:10: error: rule 'sore' names no source", ""),
        ("severity: soon}\n  - {id: pair", "}\n  - {id: pair", "any.yaml:7:5: error: a rule needs 'severity'", ""),
        (
            "therapy: any\n", "therapy: anything\n",
            "toxwatch.yaml:1:7: error: no root of the therapy tree: no file says 'therapy: any'", ""
        ),
        ("late_after: 90d\n", "", "toxwatch.yaml:1:7: error: the front page needs 'late_after'", ""),
        (
            "late_after: 90d\n", "late_after: 90d\nmust_carry: [{term: rsh, within: 3d}]\n",
            "toxwatch.yaml:4:21: error: unknown term 'rsh'", "did you mean 'rash'?"
        ),
        (
            "late_after: 90d\n", "late_after: 90d\nmust_carry: [{term: rash, within: 3}]\n",
            "toxwatch.yaml:4:35: error: '3' is not a duration",
            "write a whole number and m, h, d or w, such as 24h"
        ),
        (
            "late_after: 90d\n", "late_after: 90d\nmust_carry: {term: rash}\n",
            "toxwatch.yaml:4:13: error: 'must_carry' must be a list, found a mapping", ""
        ),
        (
            "late_after: 90d\n", "late_after: 90d\nmust_carry: [{term: rash}]\n",
            "toxwatch.yaml:4:14: error: a term of 'must_carry' needs 'within'", ""
        ),
        (
            "late_after: 90d\n",
            "late_after: 90d\nmust_carry: [{term: rash, within: 0h}]\n",
            "toxwatch.yaml:4:35: error: no report of 'rash' could come within no time", ""
        ),
        (
            "late_after: 90d\n",
            "late_after: 90d\nmust_carry: [{term: rash, within: 3d}, {term: rash, within: 2d}]\n",
            "toxwatch.yaml:4:47: error: 'must_carry' names the term 'rash' twice", ""
        ),
        (
            "late_after: 90d\n", "late_after: 90d\nroster_old_after: week\n",
            "toxwatch.yaml:4:19: error: 'week' is not a duration",
            "write a whole number and m, h, d or w, such as 24h"
        ),
        ("version: 1.0.0\n", "", "toxwatch.yaml:1:7: error: the front page needs 'version'", ""),
        ("  soon: {respond_within: 24h}\n", "", "toxwatch.yaml:5:3: error: 'severities' needs 'soon'", ""),
    ]

    private static let doubles: [Mistake] = [
        ("aliases: [alat]", "aliases: [rash]", "scale.yaml:20:3: error: 'rash' names two terms", "the other is 'alt'"),
        (
            "meddra|1", "loinc|1742-6", "shared.yaml:9:10: error: code 'loinc|1742-6' stands for two terms",
            "it stands for 'alt' at scale.yaml:9"
        ),
        ("id: pair,", "id: sore,", "any.yaml:8:10: error: rule 'sore' is told twice", ""),
        (
            "pd1: {title: PD-1}", "ici: {title: PD-1}", "ici.yaml:7:3: error: therapy 'ici' is told twice",
            "it is number 2 already"
        ),
        (
            "pembro: {", "pd1: {therapy: ici}\n  pembro: {", "shared.yaml:7:3: error: 'pd1' stands for two therapies",
            "it stands for pd1 already"
        ),
        (
            "sore: {kind: bool}", "sore: {kind: bool, aliases: [area]}",
            "scale.yaml:26:36: error: attribute 'area' is told twice", ""
        ),
    ]

    private static let places: [Mistake] = [
        (
            "kind: unjudged, terms: [alt, rash], severity: soon",
            "kind: unjudged, terms: [alt, rash], severity: routine",
            "error: rule 'left' tells of what could not be judged as 'routine'",
            "nobody knows how bad it is: write soon, urgent or emergency"
        ),
        (
            "therapy: ici\n", "therapy: ici\nparent: pd1\n", "ici.yaml:1:10: error: therapy 'ici' descends from itself",
            ""
        ),
        (
            "at_least: 2", "at_least: 3",
            "ici.yaml:8:32: error: 'at_least' must be from 2 to the 2 therapies in 'of', found '3'", ""
        ),
        (
            "until: 365d after", "until: -1d after", "ici.yaml:3:26: error: '-1d' is not a duration",
            "write a whole number and m, h, d or w, such as 24h"
        ),
        (
            "{from: 0d, until: 365d after last_dose}", "{from: 9d, until: 3d}",
            "ici.yaml:3:8: error: the window ends before it begins", ""
        ),
        (
            "{1: routine, 2: soon, 3: urgent}", "{1: routine, 2: emergency, 3: urgent}",
            "any.yaml:4:12: error: severity falls from emergency at grade 2 to urgent at grade 3", ""
        ),
        ("alt: {1: none, 2: soon}", "alt: {7: none, 2: soon}", "any.yaml:5:9: error: unknown key '7'", ""),
        (
            "alt: {1: none, 2: soon}", "alt.low: {2: soon}",
            "any.yaml:5:3: error: 'alt.low' has no grades that this row could look at",
            "it stands on no scale of the grade family; use 'triage_by_scale'"
        ),
        (
            "alt: {1: none, 2: soon}", "alt: {}",
            "any.yaml:5:8: error: a triage row needs a severity for at least one grade", ""
        ),
    ]
}
