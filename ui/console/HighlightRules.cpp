#include "console/HighlightRules.h"

#include <QJsonObject>
#include <QString>

#include <algorithm>

namespace sluice {

namespace {

constexpr qsizetype maxText = 10'000;

} // namespace

bool HighlightRules::toggle(const std::string &text, int color)
{
    const auto found = std::ranges::find(rules, text, &Rule::text);
    if (found != rules.end() && found->color == color && found->on) {
        rules.erase(found);
        return true;
    }
    if (found != rules.end()) {
        found->color = color;
        found->on = true;
        return true;
    }
    if (rules.size() >= maxRules)
        return false;
    rules.push_back({text, true, color, false, false});
    return true;
}

QJsonArray HighlightRules::toJson() const
{
    QJsonArray array;
    for (const Rule &rule : rules)
        array.append(QJsonObject{{QStringLiteral("text"), QString::fromStdString(rule.text)},
                                 {QStringLiteral("on"), rule.on},
                                 {QStringLiteral("color"), rule.color + 1},
                                 {QStringLiteral("bold"), rule.bold},
                                 {QStringLiteral("wholeRow"), rule.wholeRow}});
    return array;
}

HighlightRules HighlightRules::fromJson(const QJsonArray &array)
{
    HighlightRules read;
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        const QString text = object[QStringLiteral("text")].toString();
        const int color = object[QStringLiteral("color")].toInt() - 1;
        if (text.trimmed().isEmpty() || text.size() > maxText || color < 0 || color >= colors ||
            read.rules.size() == maxRules)
            continue;
        read.rules.push_back({text.toStdString(), object[QStringLiteral("on")].toBool(true), color,
                              object[QStringLiteral("bold")].toBool(), object[QStringLiteral("wholeRow")].toBool()});
    }
    return read;
}

} // namespace sluice
