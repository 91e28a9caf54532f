import CLinux

/// A pipe that no program inherits which is started; nil, with `errno`, where there is none.
package func makePipe() -> (reader: Int32, writer: Int32)? {
    var ends: [Int32] = [-1, -1]
    return close_on_exec_pipe(&ends) == 0 ? (ends[0], ends[1]) : nil
}
