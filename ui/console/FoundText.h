#pragma once

#include "capture/CaptureFilter.h"
#include "filter/Expression.h"

#include <QString>

#include <vector>

namespace sluice {

/// The texts that a view's filter and its find bar look for, to be shown where they stand. A plain value.
class FoundText
{
public:
    /// A place in a text, in QChars.
    struct Place
    {
        int at = 0;
        int size = 0;
        bool isFind = false; ///< of the find bar, and not of the filter
    };
    /// In one text.
    static constexpr std::size_t maxPlaces = 64;

    void setFilter(const CaptureFilter &filter);
    /// Empty: nothing is looked for.
    void setFind(const QString &text);

    bool isEmpty() const { return m_filter.isEmpty() && m_find.isEmpty(); }
    /// Ascending; what find and filter share is find's.
    std::vector<Place> places(const QString &text) const;

    bool operator==(const FoundText &other) const
    {
        return m_filterText == other.m_filterText && m_findText == other.m_findText;
    }

private:
    Expression m_filter;
    Expression m_find;
    std::string m_filterText;
    QString m_findText;
};

} // namespace sluice
