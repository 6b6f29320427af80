#include "chain/ChainLayout.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>

namespace sluice {

namespace {

constexpr int sortSweeps = 12;
constexpr int alignSweeps = 6;
/// A hostile chain may have long wires in thousands: then they pass behind nodes.
constexpr std::size_t maxPassages = 20'000;

double snapped(double value) { return std::round(value / ChainLayout::grid) * ChainLayout::grid; }

/// The numbers nearest to `wanted` (by least squares) of which none is below the one before it.
std::vector<double> ascending(const std::vector<double> &wanted)
{
    struct Pool
    {
        double sum;
        std::size_t count;
        double mean() const { return sum / static_cast<double>(count); }
    };
    std::vector<Pool> pools;
    for (const double value : wanted) {
        pools.push_back({value, 1});
        while (pools.size() > 1 && pools[pools.size() - 2].mean() >= pools.back().mean()) {
            pools[pools.size() - 2].sum += pools.back().sum;
            pools[pools.size() - 2].count += pools.back().count;
            pools.pop_back();
        }
    }
    std::vector<double> found;
    found.reserve(wanted.size());
    for (const Pool &pool : pools)
        found.insert(found.end(), pool.count, pool.mean());
    return found;
}

} // namespace

ChainLayout::ChainLayout(const Chain &chain) : m_chain(chain), m_nodes(chain.nodes().size())
{
    std::unordered_map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < chain.nodes().size(); ++i)
        places.emplace(chain.nodes()[i].id, i);
    for (const Wire &wire : chain.wires()) {
        const auto from = places.find(wire.from);
        const auto to = places.find(wire.to);
        if (from == places.end() || to == places.end() || from->second == to->second)
            continue;
        m_wires.emplace_back(from->second, to->second);
        m_isHanging.push_back(wire.port != "out");
    }
    hang();
    makeBlocks();
    makeLayers();
    addPassages();
    sortColumns();
    placeBlocks();
}

// What one buffer leads to, and nothing else, hangs below it.
void ChainLayout::hang()
{
    std::vector<int> sources(m_nodes.size());
    for (const auto &[from, to] : m_wires)
        ++sources[to];
    for (std::size_t i = 0; i < m_wires.size(); ++i) {
        const auto [from, to] = m_wires[i];
        if (!m_isHanging[i] || sources[to] != 1)
            continue;
        // A circle has no place to begin.
        std::size_t above = from;
        while (above != none && above != to)
            above = m_nodes[above].parent;
        if (above == to)
            continue;
        m_nodes[to].parent = from;
        m_nodes[from].children.push_back(to);
    }
}

void ChainLayout::makeBlocks()
{
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        if (m_nodes[i].parent != none)
            continue;
        Block block;
        block.node = i;
        // Depth first, each below the one before: as a list with indents.
        std::vector<std::pair<std::size_t, double>> open{{i, 0.0}};
        double y = 0;
        while (!open.empty()) {
            const auto [node, x] = open.back();
            open.pop_back();
            m_nodes[node].block = m_blocks.size();
            m_nodes[node].x = x;
            m_nodes[node].y = y;
            y += nodeHeight + rowGap;
            block.width = std::max(block.width, x + nodeWidth);
            for (std::size_t k = m_nodes[node].children.size(); k-- > 0;)
                open.emplace_back(m_nodes[node].children[k], x + hangIndent);
        }
        block.height = y - rowGap;
        m_blocks.push_back(std::move(block));
    }
}

void ChainLayout::makeLayers()
{
    for (const auto &[from, to] : m_wires) {
        const std::size_t a = m_nodes[from].block;
        const std::size_t b = m_nodes[to].block;
        if (a != b) {
            m_blocks[a].after.push_back(b);
            m_blocks[b].before.push_back(a);
        }
    }
    std::vector<std::size_t> missing(m_blocks.size());
    std::vector<std::size_t> open;
    bool hasReceiver = false;
    const auto kindOf = [this](std::size_t block) { return m_chain.nodes()[m_blocks[block].node].type->kind(); };
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        missing[i] = m_blocks[i].before.size();
        hasReceiver = hasReceiver || kindOf(i) == NodeKind::Receiver;
        if (missing[i] == 0)
            open.push_back(i);
    }
    // Loggers get records by name: they need no wire to stand behind receivers.
    for (const std::size_t block : open)
        m_blocks[block].layer = hasReceiver && kindOf(block) != NodeKind::Receiver ? 1 : 0;
    std::size_t last = 0;
    for (std::size_t done = 0; done < open.size(); ++done) {
        const Block &block = m_blocks[open[done]];
        last = std::max(last, block.layer);
        for (const std::size_t next : block.after) {
            m_blocks[next].layer = std::max(m_blocks[next].layer, block.layer + 1);
            if (--missing[next] == 0)
                open.push_back(next);
        }
    }
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        m_blocks[i].layer = std::min(m_blocks[i].layer, m_blocks.size());
        last = std::max(last, m_blocks[i].layer);
    }
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        if (kindOf(i) == NodeKind::Handler && m_blocks[i].after.empty())
            m_blocks[i].layer = last;
    }
    m_columns.resize(last + 1);
}

// A wire over several columns gets room in each of them, so that it passes between nodes and not behind them.
void ChainLayout::addPassages()
{
    const std::size_t real = m_blocks.size();
    std::size_t passages = 0;
    for (std::size_t i = 0; i < real; ++i) {
        for (const std::size_t next : m_blocks[i].after)
            passages += m_blocks[next].layer > m_blocks[i].layer ? m_blocks[next].layer - m_blocks[i].layer - 1 : 0;
    }
    if (passages > 0 && passages <= maxPassages) {
        for (std::size_t i = 0; i < real; ++i)
            m_blocks[i].before.clear();
        for (std::size_t i = 0; i < real; ++i) {
            std::vector<std::size_t> targets;
            targets.swap(m_blocks[i].after);
            for (const std::size_t target : targets) {
                std::size_t last = i;
                for (std::size_t layer = m_blocks[i].layer + 1; layer < m_blocks[target].layer; ++layer) {
                    Block passage;
                    passage.layer = layer;
                    passage.width = 0;
                    passage.before.push_back(last);
                    m_blocks[last].after.push_back(m_blocks.size());
                    last = m_blocks.size();
                    m_blocks.push_back(std::move(passage));
                }
                m_blocks[last].after.push_back(target);
                m_blocks[target].before.push_back(last);
            }
        }
    }
    // Those that belong together begin together: depth first, from what nothing leads to.
    std::vector<bool> seen(m_blocks.size());
    const auto visit = [&](std::size_t start) {
        std::vector<std::size_t> open{start};
        while (!open.empty()) {
            const std::size_t block = open.back();
            open.pop_back();
            if (seen[block])
                continue;
            seen[block] = true;
            m_columns[m_blocks[block].layer].push_back(block);
            for (std::size_t k = m_blocks[block].after.size(); k-- > 0;)
                open.push_back(m_blocks[block].after[k]);
        }
    };
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        if (m_blocks[i].before.empty())
            visit(i);
    }
    for (std::size_t i = 0; i < m_blocks.size(); ++i)
        visit(i);
    for (const auto &column : m_columns)
        renumber(column);
}

void ChainLayout::renumber(const std::vector<std::size_t> &column)
{
    for (std::size_t i = 0; i < column.size(); ++i)
        m_blocks[column[i]].order = static_cast<double>(i);
}

void ChainLayout::sweep(bool rightwards)
{
    for (std::size_t step = 0; step < m_columns.size(); ++step) {
        auto &column = m_columns[rightwards ? step : m_columns.size() - 1 - step];
        std::vector<std::pair<double, std::size_t>> keyed;
        keyed.reserve(column.size());
        for (const std::size_t block : column) {
            const auto &neighbours = rightwards ? m_blocks[block].before : m_blocks[block].after;
            double sum = 0;
            for (const std::size_t other : neighbours)
                sum += m_blocks[other].order;
            keyed.emplace_back(neighbours.empty() ? m_blocks[block].order : sum / static_cast<double>(neighbours.size()), block);
        }
        std::ranges::stable_sort(keyed, {}, &std::pair<double, std::size_t>::first);
        std::ranges::transform(keyed, column.begin(), &std::pair<double, std::size_t>::second);
        renumber(column);
    }
}

// Inversions, counted by a tree of sums for each gap between columns.
std::size_t ChainLayout::crossings() const
{
    std::size_t found = 0;
    std::vector<std::size_t> sums;
    for (std::size_t i = 0; i + 1 < m_columns.size(); ++i) {
        std::vector<std::size_t> ends;
        for (const std::size_t block : m_columns[i]) {
            const std::size_t first = ends.size();
            for (const std::size_t next : m_blocks[block].after) {
                if (m_blocks[next].layer == i + 1)
                    ends.push_back(static_cast<std::size_t>(m_blocks[next].order));
            }
            std::sort(ends.begin() + static_cast<std::ptrdiff_t>(first), ends.end());
        }
        sums.assign(m_columns[i + 1].size() + 1, 0);
        std::size_t count = 0;
        for (const std::size_t end : ends) {
            std::size_t notAfter = 0;
            for (std::size_t k = end + 1; k > 0; k &= k - 1)
                notAfter += sums[k];
            found += count++ - notAfter;
            for (std::size_t k = end + 1; k < sums.size(); k += k & (~k + 1))
                ++sums[k];
        }
    }
    return found;
}

void ChainLayout::sortColumns()
{
    auto best = m_columns;
    std::size_t fewest = crossings();
    for (int i = 0; i < sortSweeps && fewest > 0; ++i) {
        sweep(i % 2 == 0);
        if (const std::size_t now = crossings(); now < fewest) {
            fewest = now;
            best = m_columns;
        }
    }
    m_columns = std::move(best);
    for (const auto &column : m_columns)
        renumber(column);
}

void ChainLayout::alignColumn(const std::vector<std::size_t> &column, bool rightwards)
{
    std::vector<double> wanted;
    std::vector<double> offsets;
    double offset = 0;
    for (const std::size_t i : column) {
        const Block &block = m_blocks[i];
        const auto &neighbours = rightwards ? block.before : block.after;
        double sum = 0;
        for (const std::size_t other : neighbours)
            sum += m_blocks[other].y;
        wanted.push_back((neighbours.empty() ? block.y : sum / static_cast<double>(neighbours.size())) - offset);
        offsets.push_back(offset);
        offset += block.height + rowGap;
    }
    const std::vector<double> found = ascending(wanted);
    for (std::size_t i = 0; i < column.size(); ++i)
        m_blocks[column[i]].y = snapped(found[i]) + offsets[i];
}

void ChainLayout::placeBlocks()
{
    for (const auto &column : m_columns) {
        double y = 0;
        for (const std::size_t block : column) {
            m_blocks[block].y = y;
            y += m_blocks[block].height + rowGap;
        }
    }
    for (int i = 0; i < alignSweeps; ++i) {
        for (std::size_t step = 0; step < m_columns.size(); ++step) {
            const bool rightwards = i % 2 != 0;
            alignColumn(m_columns[rightwards ? step : m_columns.size() - 1 - step], rightwards);
        }
    }
}

std::vector<ChainEditor::Place> ChainLayout::places() const
{
    std::vector<double> columnX;
    double x = 0;
    double top = 0;
    bool isFirst = true;
    for (const auto &column : m_columns) {
        double width = 0;
        for (const std::size_t block : column) {
            width = std::max(width, m_blocks[block].width);
            if (m_blocks[block].node != none) {
                top = isFirst ? m_blocks[block].y : std::min(top, m_blocks[block].y);
                isFirst = false;
            }
        }
        columnX.push_back(x);
        x += width > 0 ? width + columnGap : 0;
    }
    std::vector<ChainEditor::Place> places;
    places.reserve(m_nodes.size());
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        const Block &block = m_blocks[m_nodes[i].block];
        places.push_back({m_chain.nodes()[i].id, columnX[block.layer] + m_nodes[i].x, block.y + m_nodes[i].y - top});
    }
    return places;
}

bool ChainLayout::isPlaced(const Chain &chain)
{
    return chain.nodes().size() < 2 || std::ranges::any_of(chain.nodes(), [&](const ChainNode &node) {
        return node.x != chain.nodes().front().x || node.y != chain.nodes().front().y;
    });
}

void ChainLayout::placeUnplaced(Chain &chain)
{
    if (isPlaced(chain))
        return;
    const std::vector<ChainEditor::Place> places = ChainLayout(chain).places();
    for (const ChainEditor::Place &place : places) {
        ChainNode *node = chain.node(place.id);
        node->x = place.x;
        node->y = place.y;
    }
}

} // namespace sluice
