/* The wall clock of one process, set forth and back by the seconds in the file WALL_CLOCK; pauses are not its matter. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static time_t ahead(void) {
    char written[32] = {0};
    const char *file = getenv("WALL_CLOCK");
    int from = file ? open(file, O_RDONLY | O_CLOEXEC) : -1;
    if (from >= 0) {
        if (read(from, written, sizeof written - 1) < 0) written[0] = 0;
        close(from);
    }
    return atol(written);
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int (*found)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = found(clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) now->tv_sec += ahead();
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec exact;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *now) {
    struct timespec exact;
    clock_gettime(CLOCK_REALTIME, &exact);
    if (now) *now = exact.tv_sec;
    return exact.tv_sec;
}
