import CLinux
import Glibc

// Between the parent and the exec stage, over one socket pair and within one binary:
//
//   parent → stage   StageHeader
//                    the descriptors' target numbers, with the descriptors attached
//                    arguments and environment, each string ended by NUL
//   stage → parent   StageReport, `joined`, with Foundation's descriptor attached and the links to
//                    the attendants
//   parent → stage   one byte: go
//   stage → parent   end of file when exec has succeeded, else a StageReport

/// The fixed part of what the stage is told.
struct StageHeader {
    /// The process that must still be the stage's parent.
    var parent: Int32 = 0
    /// The process group to join; 0 asks for a new one.
    var group: Int32 = 0
    var descriptorCount: Int32 = 0
    /// Bit n: descriptor n (0 to 2) is closed in the command.
    var closedStandardDescriptors: Int32 = 0
    var argumentCount: Int32 = 0
    var environmentCount: Int32 = 0
    /// The bytes of all strings, each with its NUL.
    var stringBytes: Int = 0
    var blocked: UInt64 = 0
    var ignored: UInt64 = 0
    var descriptorLimit = rlimit()
}

/// What the stage says, and how far it came.
struct StageReport {
    /// A step of the stage, in its order.
    enum Step: Int32 {
        case joined
        case receive
        case descriptors
        case group
        case exec
    }

    var step: Int32
    var errorNumber: Int32 = 0
    /// 1 when a file was found but the interpreter that it names was not.
    var missingInterpreter: Int32 = 0
    /// 1 when Foundation's descriptor is the first of those attached.
    var hasFoundationDescriptor: Int32 = 0
    /// The attendants' process ids, each with its link attached; negative without.
    var guardian: Int32 = -1
    var sentinel: Int32 = -1
}

/// The marker that makes a start of this executable an exec stage.
let stageMarker: StaticString = "--exec-stage"
let stageExecutable: StaticString = "/proc/self/exe"

extension StaticString {
    var cString: UnsafePointer<CChar> {
        UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
