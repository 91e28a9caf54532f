// The Linux calls that Swift's Glibc module leaves out: variadic ones, macros, and raw forms.
#ifndef CLINUX_H
#define CLINUX_H

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

/// `struct sigaction` as the kernel has it; glibc's refuses signals 32 and 33.
struct kernel_sigaction {
    unsigned long handler;
    unsigned long flags;
    unsigned long restorer;
    unsigned long mask;
};

static inline long kernel_sigaction(
    int number, const struct kernel_sigaction *action, struct kernel_sigaction *old
) {
    return syscall(SYS_rt_sigaction, number, action, old, sizeof(unsigned long));
}

static inline long kernel_sigprocmask(int how, const unsigned long *set, unsigned long *old) {
    return syscall(SYS_rt_sigprocmask, how, set, old, sizeof(unsigned long));
}

static inline int process_control(int option, unsigned long argument) {
    return prctl(option, argument, 0UL, 0UL, 0UL);
}

/// A signalfd for the signals whose bits are set.
static inline int signal_descriptor(unsigned long bits) {
    return (int)syscall(SYS_signalfd4, -1, &bits, sizeof bits, SFD_CLOEXEC | SFD_NONBLOCK);
}

static inline int siginfo_code(const siginfo_t *info) { return info->si_code; }
static inline int siginfo_status(const siginfo_t *info) { return info->si_status; }
static inline pid_t siginfo_pid(const siginfo_t *info) { return info->si_pid; }

struct pollfd;
struct timespec;
int ppoll(struct pollfd *, unsigned long, const struct timespec *, const sigset_t *);

/// `ppoll` with the signal mask as it is; without a time it waits for ever.
static inline int wait_for_events(
    struct pollfd *descriptors, unsigned long count, const struct timespec *time
) {
    return ppoll(descriptors, count, time, 0);
}

/// `write` that does not wait, whatever the flags of the open file say: they belong to others too.
/// EOPNOTSUPP where the kernel or the kind of file has no such thing.
static inline ssize_t write_unless_waiting(int descriptor, const void *bytes, size_t length) {
    struct { const void *start; size_t length; } data = {bytes, length};
    return syscall(SYS_pwritev2, descriptor, &data, 1UL, -1L, -1L, 8 /* RWF_NOWAIT */);
}

/// The same for `read`.
static inline ssize_t read_unless_waiting(int descriptor, void *bytes, size_t length) {
    struct { void *start; size_t length; } data = {bytes, length};
    return syscall(SYS_preadv2, descriptor, &data, 1UL, -1L, -1L, 8 /* RWF_NOWAIT */);
}

/// The last byte of that value, as `memrchr` finds it.
static inline const void *last_byte(const void *bytes, int value, size_t length) {
    void *memrchr(const void *, int, size_t);
    return memrchr(bytes, value, length);
}

static inline int close_on_exec_pipe(int ends[2]) {
    return (int)syscall(SYS_pipe2, ends, 02000000);
}

/// A file without a name, in memory; -1 where there is none to be had.
static inline int memory_file(void) {
    return (int)syscall(SYS_memfd_create, "retry-run", 1 /* MFD_CLOEXEC */);
}

/// A descriptor with nothing behind it: reading and writing fail, and its link in /proc opens nothing.
static inline int unconnected_socket(void) { return socket(AF_UNIX, SOCK_STREAM, 0); }

/// Readable once the process has ended; -1 where the kernel has none.
static inline int process_descriptor(pid_t process) {
    return (int)syscall(434 /* pidfd_open */, process, 0);
}

/// Keeps all descriptors from `first` on from programs that this process starts or becomes.
static inline int close_on_exec_from(unsigned int first) {
    return (int)syscall(436 /* close_range */, first, ~0U, 4U /* CLOSE_RANGE_CLOEXEC */);
}

enum { CLONE_PARENT_FLAG = 0x8000 };
/// Declared only under _GNU_SOURCE.
int pthread_setattr_default_np(const pthread_attr_t *);

/// Closes all descriptors from `first` on.
static inline void close_from(unsigned int first) {
    if (syscall(436 /* close_range */, first, ~0U, 0U) == 0) return;
    for (long number = sysconf(_SC_OPEN_MAX); number-- > (long)first;) close((int)number);
}

/// `fork` into a sibling: the new process is a child of our parent.
static inline pid_t fork_sibling(void) {
    return (pid_t)syscall(SYS_clone, (unsigned long)(CLONE_PARENT_FLAG | SIGCHLD), 0UL, 0UL, 0UL, 0UL);
}

/// A connected pair of sockets that keep the borders of messages.
static inline int message_sockets(int ends[2]) {
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
}

/// The signals that are blocked and have come, as the kernel's bits.
static inline unsigned long pending_signals(void) {
    unsigned long bits = 0;
    syscall(SYS_rt_sigpending, &bits, sizeof bits);
    return bits;
}

/// Takes one pending signal that is blocked; 0 when there is none.
static inline int take_pending_signal(void) {
    unsigned long all = ~0UL;
    struct { long seconds, nanoseconds; } none = {0, 0};
    long number = syscall(SYS_rt_sigtimedwait, &all, 0UL, &none, sizeof all);
    return number > 0 ? (int)number : 0;
}

/// Threads to come allocate from the one heap instead of making each its own of 64 MiB of addresses.
static inline void share_heap(void) { (void)mallopt(M_ARENA_MAX, 1); }

/// The stack of threads to come, in bytes, whatever RLIMIT_STACK says.
static inline void set_thread_stack(size_t bytes) {
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) != 0) return;
    if (pthread_attr_setstacksize(&attributes, bytes) == 0)
        (void)pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
}

/// `openat`, which is variadic.
static inline int open_in_folder(int folder, const char *name, int flags, unsigned int mode) {
    return (int)syscall(SYS_openat, folder, name, flags, mode);
}

/// Gives a file of a folder another name there, which nothing has yet; else EEXIST.
static inline int rename_without_replacing(int folder, const char *name, const char *other) {
    return (int)syscall(
        SYS_renameat2, folder, name, folder, other, 1 /* RENAME_NOREPLACE */);
}

/// Whether something is mounted on the name, so that it cannot be renamed over.
static inline int is_mount_point(int folder, const char *name) {
    // struct statx: stx_attributes is at 8, stx_attributes_mask at 56.
    unsigned long long result[32] = {0};
    long failed = syscall(
        SYS_statx, folder, name, 0x100 /* AT_SYMLINK_NOFOLLOW */, 0 /* no mask */, result);
    return !failed && (result[1] & 0x2000 /* STATX_ATTR_MOUNT_ROOT */) != 0;
}

/// Whether the folder is one of /proc, whose links lead to more than paths.
static inline int is_proc_folder(int folder) {
    long status[64] = {0};  // struct statfs: f_type is the first.
    return !syscall(SYS_fstatfs, folder, status) && status[0] == 0x9fa0 /* PROC_SUPER_MAGIC */;
}

extern char **environ;

/// The variables of this process, for a program that it starts.
static inline char **environment_block(void) { return environ; }

extern int __llvm_profile_write_file(void) __attribute__((weak));

/// In a build that measures coverage, keeps what `_exit` would throw away; else nothing.
static inline void write_profile(void) {
    if (__llvm_profile_write_file) (void)__llvm_profile_write_file();
}

enum { descriptors_per_message = 200 };

/// Sends `length` bytes with up to `descriptors_per_message` descriptors attached.
static inline ssize_t send_descriptors(
    int socket, const void *bytes, size_t length, const int *descriptors, size_t count
) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int) * descriptors_per_message)];
    } control;
    struct iovec data = {(void *)bytes, length};
    struct msghdr message = {0};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    if (count > 0) {
        memset(&control, 0, sizeof control);
        message.msg_control = &control;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
        control.header.cmsg_level = SOL_SOCKET;
        control.header.cmsg_type = SCM_RIGHTS;
        control.header.cmsg_len = CMSG_LEN(sizeof(int) * count);
        memcpy(CMSG_DATA(&control.header), descriptors, sizeof(int) * count);
    }
    return sendmsg(socket, &message, MSG_NOSIGNAL);
}

/// Receives up to `length` bytes; `*count` is room for descriptors before, descriptors after.
/// Descriptors that the limit on open files kept away make it fail with EMFILE.
static inline ssize_t receive_descriptors(
    int socket, void *bytes, size_t length, int *descriptors, size_t *count
) {
    union {
        struct cmsghdr header;
        char space[CMSG_SPACE(sizeof(int) * descriptors_per_message)];
    } control;
    struct iovec data = {bytes, length};
    struct msghdr message = {0};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = &control;
    message.msg_controllen = sizeof control;
    ssize_t received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    size_t room = *count;
    *count = 0;
    if (received < 0) return received;
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    if (header && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS) {
        size_t arrived = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        if (arrived > room) arrived = room;
        memcpy(descriptors, CMSG_DATA(header), sizeof(int) * arrived);
        *count = arrived;
    }
    if (message.msg_flags & MSG_CTRUNC) {
        errno = EMFILE;
        return -1;
    }
    return received;
}

#endif
