#pragma once

#include <QString>

#include <functional>

namespace sluice {

/// Something that can be done from the command palette.
struct Command
{
    QString words;    ///< "Go to logger app.db"
    QString shortcut; ///< as the platform writes it; empty if it has none
    QString id;       ///< by which it is remembered as used of late; empty: not remembered
    std::function<void()> act;
    bool isChecked = false;
    /// Listed only for who types: there may be thousands of its kind.
    bool onlyTyped = false;
};

} // namespace sluice
