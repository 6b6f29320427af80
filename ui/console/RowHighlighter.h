#pragma once

#include "capture/RecordStore.h"
#include "capture/RowSubject.h"
#include "console/HighlightRules.h"
#include "filter/ExpressionEvaluator.h"

#include <QString>

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace sluice {

/// Asks the highlight rules about the rows that are painted, each row once. For the UI thread; never waits: a row that
/// is not in memory has no colour until it is.
class RowHighlighter
{
public:
    /// What the rules make of a row.
    struct Look
    {
        std::uint32_t rules = 0; ///< a bit for each that holds
        int row = -1;            ///< colour of the whole row; -1: none
        int strip = -1;          ///< colour of the first that holds; -1: none
        bool bold = false;
    };
    /// A place in a text, in QChars.
    struct Place
    {
        int at = 0;
        int size = 0;
        int color = 0;
    };

    /// Rows remembered; a screen has fewer.
    static constexpr std::size_t maxRemembered = 4096;

    explicit RowHighlighter(std::shared_ptr<const RecordStore> store);

    void setRules(const HighlightRules &rules);
    bool isEmpty() const { return m_rules.empty(); }

    Look look(const CaptureSnapshot &snapshot, std::uint64_t row);
    /// Where the rules of a row look for text, in one of its texts; ascending, none within another.
    std::vector<Place> places(const QString &text, const Look &look) const;

    /// For tests: rows asked since the rules were set.
    std::uint64_t asked() const { return m_asked; }

private:
    struct Rule
    {
        HighlightRules::Rule rule;
        ExpressionEvaluator evaluator;
    };

    const std::shared_ptr<const RecordStore> m_store;
    RowSubject m_subject;
    std::vector<Rule> m_rules;
    std::unordered_map<std::uint64_t, Look> m_looks;
    std::uint64_t m_asked = 0;
};

} // namespace sluice
