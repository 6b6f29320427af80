#include "inspector/Quantity.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace sluice::quantity {

namespace {

struct Scale
{
    const char *name;
    double factor;
};

// Of names that say the same, the first is the one that is written.
constexpr std::array sizes = {Scale{"TB", 1e12}, Scale{"GB", 1e9},  Scale{"MB", 1e6}, Scale{"kB", 1e3},
                              Scale{"TiB", 1024.0 * 1024 * 1024 * 1024}, Scale{"GiB", 1024.0 * 1024 * 1024},
                              Scale{"MiB", 1024.0 * 1024}, Scale{"KiB", 1024}, Scale{"B", 1}, Scale{"bytes", 1},
                              Scale{"byte", 1}};
constexpr std::array times = {Scale{"d", 86400}, Scale{"h", 3600}, Scale{"min", 60}, Scale{"s", 1}, Scale{"ms", 1e-3},
                              Scale{"us", 1e-6}, Scale{"m", 60}, Scale{"sec", 1}, Scale{"hours", 3600},
                              Scale{"hour", 3600}, Scale{"days", 86400}, Scale{"day", 86400}, Scale{"minutes", 60},
                              Scale{"minute", 60}, Scale{"seconds", 1}, Scale{"second", 1}};

bool isSize(const std::string &unit) { return unit == "bytes"; }
bool isTime(const std::string &unit) { return unit == "s" || unit == "seconds"; }

QString number(double value) { return QString::number(value, 'g', QLocale::FloatingPointShortest); }

QString plain(double value)
{
    if (value == std::floor(value) && std::abs(value) < 1e15)
        return QString::number(static_cast<qint64>(value));
    return number(value);
}

std::span<const Scale> scalesOf(const std::string &unit)
{
    if (isSize(unit))
        return sizes;
    if (isTime(unit))
        return times;
    return {};
}

QString printTime(double value)
{
    if (value < 1) {
        const double thousandths = std::round(value * 1000);
        if (thousandths >= 1 && thousandths / 1000 == value)
            return plain(thousandths) + QStringLiteral(" ms");
        return number(value) + QStringLiteral(" s");
    }
    if (value != std::floor(value) || value < 60 || value > 1e9)
        return plain(value) + QStringLiteral(" s");
    QString text;
    auto rest = static_cast<qint64>(value);
    for (std::size_t i = 0; i < 4; ++i) {
        const auto factor = static_cast<qint64>(times[i].factor);
        if (rest >= factor)
            text += (text.isEmpty() ? QString() : QStringLiteral(" ")) + QString::number(rest / factor) +
                    QLatin1Char(' ') + QLatin1String(times[i].name);
        rest %= factor;
    }
    return text;
}

QString printSize(double value)
{
    QString best = plain(value) + (value == 0 ? QString() : QStringLiteral(" B"));
    for (const Scale &scale : std::span(sizes).first(8)) {
        const double scaled = value / scale.factor;
        // Thousandths are as fine as anybody reads, and it must be the very same number.
        if (scaled < 1 || std::round(scaled * 1000) / 1000 * scale.factor != value)
            continue;
        const QString text = plain(scaled) + QLatin1Char(' ') + QLatin1String(scale.name);
        if (text.size() < best.size())
            best = text;
    }
    return best;
}

} // namespace

bool isScaled(const std::string &unit) { return isSize(unit) || isTime(unit); }

QString print(double value, const std::string &unit)
{
    if (value < 0 || !std::isfinite(value))
        return plain(value);
    if (isTime(unit) && value > 0)
        return printTime(value);
    return isSize(unit) ? printSize(value) : plain(value);
}

std::optional<double> parse(const QString &text, const std::string &unit)
{
    const std::span<const Scale> scales = scalesOf(unit);
    const QString trimmed = text.trimmed();
    double sum = 0;
    qsizetype at = 0;
    int parts = 0;
    while (at < trimmed.size()) {
        qsizetype end = at;
        const auto isPartOfNumber = [&](qsizetype i) {
            const QChar c = trimmed[i];
            const bool isExponent = i > at && i + 1 < trimmed.size() && (c == QLatin1Char('e') || c == QLatin1Char('E')) &&
                                    (trimmed[i + 1].isDigit() || trimmed[i + 1] == QLatin1Char('-') || trimmed[i + 1] == QLatin1Char('+'));
            const bool isSign = (c == QLatin1Char('-') || c == QLatin1Char('+')) &&
                                (i == at || trimmed[i - 1].toLower() == QLatin1Char('e'));
            return (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('.') || isExponent || isSign;
        };
        while (end < trimmed.size() && isPartOfNumber(end))
            ++end;
        bool isNumber = false;
        const double value = QStringView(trimmed).mid(at, end - at).toDouble(&isNumber);
        if (!isNumber || !std::isfinite(value))
            return {};
        while (end < trimmed.size() && trimmed[end].isSpace())
            ++end;
        const qsizetype name = end;
        while (end < trimmed.size() && trimmed[end].isLetter())
            ++end;
        double factor = 1;
        if (const QStringView word = QStringView(trimmed).mid(name, end - name); !word.isEmpty()) {
            const auto named = [&](Qt::CaseSensitivity cs) {
                return std::find_if(scales.begin(), scales.end(), [&](const Scale &scale) {
                    return word.compare(QLatin1String(scale.name), cs) == 0;
                });
            };
            auto found = named(Qt::CaseSensitive);
            if (found == scales.end())
                found = named(Qt::CaseInsensitive);
            if (found != scales.end())
                factor = found->factor;
            else if (word.compare(QString::fromStdString(unit), Qt::CaseInsensitive) != 0)
                return {};
        }
        // A thousandth is not a binary number; what it divides by is.
        sum += factor < 1 ? value / std::round(1 / factor) : value * factor;
        ++parts;
        at = end;
        while (at < trimmed.size() && trimmed[at].isSpace())
            ++at;
    }
    if (parts == 0)
        return {};
    return sum;
}

} // namespace sluice::quantity
