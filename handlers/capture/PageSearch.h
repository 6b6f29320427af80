#pragma once

#include "capture/CaptureMatcher.h"
#include "capture/CapturePage.h"

#include <atomic>
#include <cstdint>
#include <vector>

namespace sluice {

/// Finds the rows of one page that a filter lets through. Where the filter asks for a text, the text of all rows
/// is searched as a whole and only the rows where it stands are looked at. For one thread.
class PageSearch
{
public:
    /// `wanted` is another one when the search is to be given up.
    PageSearch(CaptureMatcher &matcher, const std::atomic<std::uint64_t> &generation, std::uint64_t wanted)
        : m_matcher(matcher), m_generation(generation), m_wanted(wanted)
    {
    }

    /// Appends the rows from `from` to below `to` that pass, ascending. Both are in the page, and there. Rows that
    /// cannot be had any more do not pass. False if it was given up.
    bool search(const CapturePage &page, std::uint64_t from, std::uint64_t to, std::vector<std::uint64_t> &found);

private:
    bool canMatch(const CapturePage &page);
    bool searchRows(const CaptureBlock &block, std::uint32_t from, std::uint32_t to);
    bool searchText(const CaptureBlock &block, std::uint32_t from, std::uint32_t to);
    /// Whether a row passes because of its logger's name, for some logger of the page.
    bool asksLoggers(const CapturePage &page);
    bool isGivenUp();
    void test(const CaptureBlock &block, std::uint32_t index)
    {
        if (m_matcher.matches(index))
            m_found->push_back(block.firstRow() + index);
    }

    CaptureMatcher &m_matcher;
    const std::atomic<std::uint64_t> &m_generation;
    const std::uint64_t m_wanted;
    std::vector<std::uint64_t> *m_found = nullptr;
    std::uint32_t m_tested = 0;
    bool m_asksLoggers = false;
};

} // namespace sluice
