/// The version of both executables, by Semantic Versioning.
package let programVersion = "0.2.0"
