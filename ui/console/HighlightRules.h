#pragma once

#include <QJsonArray>

#include <string>
#include <vector>

namespace sluice {

/// Which records are coloured, how, in the order of the rules. A plain value.
struct HighlightRules
{
    static constexpr int colors = 8;
    static constexpr std::size_t maxRules = 32;

    struct Rule
    {
        /// A filter expression, UTF-8; a plain text looks for itself.
        std::string text;
        bool on = true;
        int color = 0; ///< the theme's highlight1 … highlight8
        bool bold = false;
        /// The row has the colour; else the places of the text in it, and a strip at its left.
        bool wholeRow = false;

        bool operator==(const Rule &) const = default;
    };

    std::vector<Rule> rules;

    bool operator==(const HighlightRules &) const = default;

    /// Colours a text; takes the rule away, if it is there with that colour already. False if there is no room.
    bool toggle(const std::string &text, int color);

    QJsonArray toJson() const;
    /// What makes no sense is left out.
    static HighlightRules fromJson(const QJsonArray &array);
};

} // namespace sluice
