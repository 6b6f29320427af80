#pragma once

#include <QString>

#include <optional>
#include <string>

/// Numbers of a parameter with its unit, as people read and type them: "5 MB", "250 ms", "1 h 30 min". What is written says
/// exactly the number that it stands for.
namespace sluice::quantity {

/// `unit`: as declarations name it; "bytes" and "s" (or "seconds") are scaled, any other is left out.
QString print(double value, const std::string &unit);

/// The number, in `unit`, that a text says; none if it says none.
std::optional<double> parse(const QString &text, const std::string &unit);

/// Whether print() says the unit too.
bool isScaled(const std::string &unit);

} // namespace sluice::quantity
