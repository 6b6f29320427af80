#include "console/RowHighlighter.h"

#include "capture/CaptureFilter.h"

#include <algorithm>

namespace sluice {

RowHighlighter::RowHighlighter(std::shared_ptr<const RecordStore> store)
    : m_store(std::move(store)), m_subject(m_store->loggers(), m_store->sources())
{
}

void RowHighlighter::setRules(const HighlightRules &rules)
{
    m_rules.clear();
    m_looks.clear();
    m_asked = 0;
    for (const HighlightRules::Rule &rule : rules.rules) {
        Expression expression = expressionFrom(rule.text);
        if (rule.on && !expression.isEmpty() && m_rules.size() < HighlightRules::maxRules)
            m_rules.push_back({rule, ExpressionEvaluator(std::move(expression))});
    }
}

RowHighlighter::Look RowHighlighter::look(const CaptureSnapshot &snapshot, std::uint64_t row)
{
    if (m_rules.empty() || !snapshot.contains(row))
        return {};
    if (const auto found = m_looks.find(row); found != m_looks.end())
        return found->second;
    const auto &page = snapshot.page(snapshot.pageOf(row));
    const std::shared_ptr<const CaptureBlock> block = page->resident();
    if (!block)
        return {};
    const auto index = static_cast<std::uint32_t>(row - page->firstRow());
    if (index >= block->rowCount())
        return {};
    m_subject.setBlock(*block);
    m_subject.setRow(index);
    Look look;
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        if (!m_rules[i].evaluator.matches(m_subject))
            continue;
        const HighlightRules::Rule &rule = m_rules[i].rule;
        look.rules |= 1u << i;
        look.bold = look.bold || rule.bold;
        if (look.strip < 0)
            look.strip = rule.color;
        if (rule.wholeRow && look.row < 0)
            look.row = rule.color;
    }
    ++m_asked;
    if (m_looks.size() >= maxRemembered)
        m_looks.clear();
    m_looks.emplace(row, look);
    return look;
}

std::vector<RowHighlighter::Place> RowHighlighter::places(const QString &text, const Look &look) const
{
    std::vector<Place> places;
    if (!look.rules)
        return places;
    const QByteArray utf8 = text.toUtf8();
    const std::string_view bytes(utf8.constData(), static_cast<std::size_t>(utf8.size()));
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        if (!(look.rules & (1u << i)) || m_rules[i].rule.wholeRow)
            continue;
        for (const TextRange &range : m_rules[i].evaluator.expression().foundIn(bytes, 32)) {
            const Place place{static_cast<int>(QString::fromUtf8(utf8.left(static_cast<qsizetype>(range.at))).size()),
                              static_cast<int>(QString::fromUtf8(utf8.constData() + range.at,
                                                                 static_cast<qsizetype>(range.size)).size()),
                              m_rules[i].rule.color};
            // The first rule has a place that two want.
            const bool isTaken = std::ranges::any_of(places, [&](const Place &other) {
                return place.at < other.at + other.size && other.at < place.at + place.size;
            });
            if (!isTaken && place.size > 0)
                places.push_back(place);
        }
    }
    std::ranges::sort(places, {}, &Place::at);
    return places;
}

} // namespace sluice
