import Clinical
import Config
import Parser

/// The mappings in a piece of YAML, and what is wrong with it as people read it.
func sources(_ yaml: String, vocabulary: Vocabulary? = sampleVocabulary()) -> (
    mappings: [SourceMapping], mistakes: String
) {
    var mistakes = Mistakes()
    let files = ConfigFilesInMemory(["c.yaml": Array(yaml.utf8)])
    guard let tree = ConfigLoader.load(front: "c.yaml", files: files, mistakes: &mistakes) else {
        return ([], mistakes.rendered())
    }
    let zones = ["Europe/Berlin": SiteZone(name: "Europe/Berlin", fixedOffset: 3600)]
    let mappings = SourceMapping.read(tree, vocabulary: vocabulary, zone: { zones[$0] }, mistakes: &mistakes)
    return (mappings, mistakes.rendered())
}

/// Options with the sources of a piece of YAML that has no mistakes.
func options(_ yaml: String, source: String? = nil) -> ReadingOptions {
    var options = ReadingOptions(vocabulary: sampleVocabulary())
    options.sources = sources(yaml).mappings
    options.source = source
    return options
}
