import Foundation
import PackagePlugin

/// Compiles the pack under `config/` into the target that uses this plugin, anew whenever one of its files changes.
@main
struct CompileShippedPack: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let config = context.package.directoryURL.appending(path: "config")
        let source = context.pluginWorkDirectoryURL.appending(path: "ShippedImage.swift")
        let files = try FileManager.default.subpathsOfDirectory(atPath: config.path).filter { $0.hasSuffix(".yaml") }
            .sorted()
        return [
            .buildCommand(
                displayName: "Compiling the shipped pack", executable: try context.tool(named: "compilepack").url,
                arguments: [source.path, config.path] + files, inputFiles: files.map { config.appending(path: $0) },
                outputFiles: [source])
        ]
    }
}
