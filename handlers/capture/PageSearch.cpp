#include "capture/PageSearch.h"

#include <algorithm>

namespace sluice {

namespace {

/// Rows between two looks at whether the filter is still the same: well below a millisecond's work.
constexpr std::uint32_t rowsPerLook = 512;
/// The same for text in which nothing is found.
constexpr std::size_t textPerLook = std::size_t{4} << 20;

/// The row whose text has the offset, or, if it is in a site, some row in front of it. Searched from a row on
/// that is not behind it, in steps that grow, since the next place is mostly near.
std::uint32_t rowAt(const CaptureBlock &block, std::uint32_t from, std::uint32_t to, std::size_t offset)
{
    std::uint32_t low = from;
    std::uint32_t step = 1;
    while (to - low > step && block.row(low + step).text <= offset) {
        low += step;
        step *= 2;
    }
    std::uint32_t high = to - low > step ? low + step : to;
    while (high - low > 1) {
        const std::uint32_t middle = low + (high - low) / 2;
        if (block.row(middle).text <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

} // namespace

bool PageSearch::isGivenUp() { return m_generation.load(std::memory_order_relaxed) != m_wanted; }

bool PageSearch::canMatch(const CapturePage &page)
{
    const PageSummary *summary = page.summary();
    if (summary && !m_matcher.canMatch(*summary))
        return false;
    const auto &required = m_matcher.requiredText();
    if (!required || !required->inText || m_asksLoggers || page.resident())
        return true;
    return std::ranges::any_of(required->literals, [&](const auto &literal) {
        return !literal->isExact() || page.mayContain(literal->needle());
    });
}

bool PageSearch::asksLoggers(const CapturePage &page)
{
    const auto &required = m_matcher.requiredText();
    if (!required || !required->orInLogger)
        return false;
    const PageSummary *summary = page.summary();
    return !summary || std::ranges::any_of(summary->loggers, [&](const PageSummary::LoggerCount &count) {
        return m_matcher.hasRequiredText(count.logger);
    });
}

bool PageSearch::search(const CapturePage &page, std::uint64_t from, std::uint64_t to,
                        std::vector<std::uint64_t> &found)
{
    if (isGivenUp())
        return false;
    m_asksLoggers = asksLoggers(page);
    if (!canMatch(page))
        return true;
    const Result<std::shared_ptr<const CaptureBlock>> loaded = page.load();
    if (!loaded)
        return true;
    const CaptureBlock &block = **loaded;
    m_found = &found;
    m_matcher.setBlock(block);
    const auto first = static_cast<std::uint32_t>(from - page.firstRow());
    const std::uint32_t last = std::min(static_cast<std::uint32_t>(to - page.firstRow()), block.rowCount());
    if (first >= last)
        return true;
    return m_matcher.requiredText() ? searchText(block, first, last) : searchRows(block, first, last);
}

bool PageSearch::searchRows(const CaptureBlock &block, std::uint32_t from, std::uint32_t to)
{
    for (std::uint32_t index = from; index < to; ++index) {
        if (++m_tested % rowsPerLook == 0 && isGivenUp())
            return false;
        test(block, index);
    }
    return true;
}

bool PageSearch::searchText(const CaptureBlock &block, std::uint32_t from, std::uint32_t to)
{
    const auto &literals = m_matcher.requiredText()->literals;
    const std::string_view all = block.allText();
    const std::size_t end = to < block.rowCount() ? block.row(to).text : all.size();
    const std::string_view text = all.substr(0, end);

    // Where each literal stands next; `end` if nowhere.
    std::vector<std::size_t> places(literals.size(), 0);
    std::vector<std::size_t> searched(literals.size(), 0);
    const auto nextPlace = [&](std::size_t i, std::size_t at) {
        // In pieces, so that a search in a huge page can be given up; they overlap by what a literal may take.
        const std::size_t overlap = literals[i]->needle().size() * 4;
        for (std::size_t begin = at; begin < end; begin += textPerLook) {
            if (begin > at && isGivenUp())
                return end;
            const std::string_view piece = text.substr(0, std::min(end, begin + textPerLook + overlap));
            if (const auto place = literals[i]->find(piece, begin))
                return place->at;
        }
        return end;
    };

    std::uint32_t index = from;
    std::size_t at = block.row(from).text;
    while (index < to) {
        std::size_t place = end;
        for (std::size_t i = 0; i < literals.size(); ++i) {
            if (searched[i] == 0 || places[i] < at) {
                places[i] = nextPlace(i, at);
                searched[i] = 1;
            }
            place = std::min(place, places[i]);
        }
        if (isGivenUp())
            return false;
        const std::uint32_t hit = place < end ? rowAt(block, index, to, place) : to;
        if (m_asksLoggers) {
            for (std::uint32_t i = index; i < hit; ++i) {
                if (++m_tested % rowsPerLook == 0 && isGivenUp())
                    return false;
                if (m_matcher.hasRequiredText(block.row(i).logger))
                    test(block, i);
            }
        }
        if (hit < to)
            test(block, hit);
        index = hit + 1;
        if (index < to)
            at = block.row(index).text;
    }
    return true;
}

} // namespace sluice
