#include "shell/FontsAhead.h"

namespace sluice {

FontsAhead::FontsAhead() = default;

bool FontsAhead::wait() { return m_read; }

} // namespace sluice
