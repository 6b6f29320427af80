#pragma once

#include <QString>

#include <vector>

namespace sluice {

/// A column of a view. A plain value.
struct ViewColumn
{
    enum class Kind { Time, Level, Logger, Message, Field };

    /// What it shows, by Python's name: an attribute ("created", "funcName"), "message", or an extra field, with
    /// dots where it is nested ("user.id", "items.0").
    QString field;
    /// In pixels; 0: as wide as such a column usually is.
    int width = 0;

    /// What Python calls time, levelname, name and message has a painting of its own.
    Kind kind() const;
    /// As its header says it.
    QString title() const;

    bool operator==(const ViewColumn &) const = default;
};

namespace viewcolumns {

/// More make no window better, and a file that someone edited could name any number.
inline constexpr std::size_t maxColumns = 64;
inline constexpr int maxWidth = 4000;

/// Time, level, logger and message.
std::vector<ViewColumn> standard();
/// Every attribute that can be chosen, those of standard() first.
std::vector<QString> attributes();

} // namespace viewcolumns
} // namespace sluice
