#include "Terminal.h"

#include <csignal>
#include <thread>

#include <pthread.h>
#include <unistd.h>

namespace sluice {

bool isTerminal(std::FILE *stream) { return isatty(fileno(stream)) == 1; }

void onInterrupt(std::function<void()> interrupted)
{
    // Blocked here, and so in all threads started later, the signals come to the thread that waits for them.
    static sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread([interrupted = std::move(interrupted)] {
        int number = 0;
        sigwait(&signals, &number);
        interrupted();
        sigwait(&signals, &number);
        _exit(128 + number);
    }).detach();
}

} // namespace sluice
