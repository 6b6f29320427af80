#pragma once

#include <thread>

namespace sluice {

/// Lets a second thread read the system's list of fonts while the program makes its connection to the screen: Qt would read it
/// only when the first text is measured, and the window would wait for it. Where fonts are not fontconfig's it does nothing.
class FontsAhead
{
public:
    /// Before the application is made, on the main thread.
    FontsAhead();
    ~FontsAhead() { wait(); }
    FontsAhead(const FontsAhead &) = delete;
    FontsAhead &operator=(const FontsAhead &) = delete;

    /// Until the list is there; before the first text, or else two threads read it. Whether it was read.
    bool wait();

private:
    std::thread m_thread;
    bool m_read = false;
};

} // namespace sluice
