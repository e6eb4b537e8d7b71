import ArgumentParser
import Config
import Emitter
import Glibc

/// Every mistake in a pack, with its place.
struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Every mistake in a config, with file, line, column and how to mend it.",
        discussion: """
            Examples:
              toxwatch lint
              toxwatch init my-pack && toxwatch lint my-pack
            """)

    @OptionGroup var configOption: ConfigOption

    @Argument(help: ArgumentHelp("The config's front page, or its folder.", valueName: "CONFIG"))
    var path: String?

    func run() throws {
        var mistakes = Mistakes()
        let option = path ?? configOption.config
        let settings = Settings.load(option, &mistakes, anew: true)
        if let settings {
            _ = settings.sources(&mistakes)
        }
        guard settings != nil, mistakes.isEmpty else {
            Diagnostics.write(mistakes.rendered(sources: settings?.tree?.sources ?? [:], colour: Settings.useColour))
            throw ExitStatus.config
        }
        var buffer = OutputBuffer()
        buffer.append(verbatim: "\(Settings.configPath(option) ?? "the shipped pack"): no mistakes\n")
        if let settings { buffer.append(verbatim: settings.standing + "\n") }
        do {
            try Grade.flush(&buffer)
        } catch {
            throw ExitStatus.inputOutput
        }
    }
}
