#include "shell/FontsAhead.h"

#include <QLibrary>

namespace sluice {

FontsAhead::FontsAhead()
{
    // Qt has loaded it already where it uses it.
    QLibrary fontconfig(QStringLiteral("fontconfig"), 1);
    if (const auto init = reinterpret_cast<int (*)()>(fontconfig.resolve("FcInit")))
        m_thread = std::thread([this, init] { m_read = init() != 0; });
}

bool FontsAhead::wait()
{
    if (m_thread.joinable())
        m_thread.join();
    return m_read;
}

} // namespace sluice
