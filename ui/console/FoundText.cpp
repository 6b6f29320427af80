#include "console/FoundText.h"

#include <algorithm>

namespace sluice {

namespace {

/// Ascending ranges in UTF-8 as places in the text that it was made of.
void addPlaces(const Expression &expression, const QString &text, const QByteArray &utf8, bool isFind,
               std::vector<FoundText::Place> &places)
{
    const std::string_view bytes(utf8.constData(), static_cast<std::size_t>(utf8.size()));
    const bool isAscii = text.size() == utf8.size();
    for (const TextRange &range : expression.foundIn(bytes, FoundText::maxPlaces)) {
        FoundText::Place place{static_cast<int>(range.at), static_cast<int>(range.size), isFind};
        if (!isAscii) {
            place.at = static_cast<int>(QString::fromUtf8(utf8.constData(), static_cast<qsizetype>(range.at)).size());
            place.size = static_cast<int>(
                QString::fromUtf8(utf8.constData() + range.at, static_cast<qsizetype>(range.size)).size());
        }
        const bool isTaken = std::ranges::any_of(places, [&](const FoundText::Place &other) {
            return place.at < other.at + other.size && other.at < place.at + place.size;
        });
        if (place.size > 0 && !isTaken)
            places.push_back(place);
    }
}

} // namespace

void FoundText::setFilter(const CaptureFilter &filter)
{
    m_filter = filter.expression();
    m_filterText = m_filter.print();
}

void FoundText::setFind(const QString &text)
{
    m_findText = text;
    m_find = text.isEmpty() ? Expression() : Expression::search(text.toStdString());
}

std::vector<FoundText::Place> FoundText::places(const QString &text) const
{
    std::vector<Place> places;
    if (isEmpty())
        return places;
    const QByteArray utf8 = text.toUtf8();
    if (!m_find.isEmpty())
        addPlaces(m_find, text, utf8, true, places);
    if (!m_filter.isEmpty())
        addPlaces(m_filter, text, utf8, false, places);
    std::ranges::sort(places, {}, &Place::at);
    return places;
}

} // namespace sluice
