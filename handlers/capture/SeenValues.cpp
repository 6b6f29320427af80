#include "capture/SeenValues.h"

#include "capture/RowSubject.h"
#include "filter/ValueComparison.h"
#include "format/PythonText.h"

#include <algorithm>
#include <utility>

namespace sluice {

namespace {

using Kind = ExpressionField::Kind;

/// A count more; new ones only while there is room.
template <typename Counts>
void count(Counts &counts, std::string_view text, std::size_t room)
{
    if (const auto found = counts.find(text); found != counts.end())
        ++found->second;
    else if (counts.size() < room)
        counts.emplace(text, 1);
}

template <typename Counts>
void countNames(Counts &counts, std::span<const Field> fields, const std::vector<std::string> &path)
{
    for (const Field &field : fields) {
        if (!field.key.isText() || field.key.chars().size() > SeenValues::maxValueBytes)
            continue;
        std::vector<std::string> name = path;
        name.emplace_back(field.key.chars());
        if (field.value.isDict() && name.size() < SeenValues::maxDepth) {
            countNames(counts, field.value.entries(), name);
            continue;
        }
        ExpressionField named;
        named.keys = std::move(name);
        count(counts, named.print(), 4 * SeenValues::maxNames);
    }
}

} // namespace

SeenValues::SeenValues(std::shared_ptr<const RecordStore> store, std::function<void()> waker)
    : m_store(std::move(store)), m_waker(std::move(waker)), m_thread([this] { run(); })
{
}

SeenValues::~SeenValues()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_ending.store(true, std::memory_order_relaxed);
    m_changed.notify_all();
    m_thread.join();
}

std::vector<std::string> SeenValues::names()
{
    // All extra fields: the kind of field that has no keys.
    const ExpressionField extra;
    return ask({}, &extra);
}

std::vector<std::string> SeenValues::values(const ExpressionField &field) { return ask(field.print(), &field); }

std::vector<std::string> SeenValues::ask(const std::string &key, const ExpressionField *field)
{
    const std::uint64_t end = m_store->endRow();
    const std::lock_guard lock(m_mutex);
    if (m_lists.size() >= maxKept && !m_lists.contains(key))
        m_lists.clear();
    List &list = m_lists[key];
    if (list.endRow != end && !list.isAsked) {
        list.isAsked = true;
        m_asked.insert_or_assign(key, *field);
        m_changed.notify_one();
    }
    return list.texts;
}

void SeenValues::run()
{
    std::unique_lock lock(m_mutex);
    while (true) {
        m_changed.wait(lock, [this] { return m_stopping || !m_asked.empty(); });
        if (m_stopping)
            return;
        const auto [key, field] = *m_asked.begin();
        m_asked.erase(m_asked.begin());
        lock.unlock();
        const std::uint64_t end = m_store->endRow();
        std::vector<std::string> texts = collect(key, field);
        lock.lock();
        List &list = m_lists[key];
        const bool isNews = list.texts != texts;
        list = {std::move(texts), end, false};
        if (!isNews || m_stopping)
            continue;
        lock.unlock();
        m_waker();
        lock.lock();
    }
}

std::vector<std::string> SeenValues::collect(const std::string &key, const ExpressionField &field) const
{
    Counts counts;
    if (field.kind == Kind::Message || field.kind == Kind::Text || field.kind == Kind::Time)
        return {}; // each is its own
    if (field.kind == Kind::Logger) {
        const LoggerNames &loggers = m_store->loggers();
        for (std::uint32_t i = 0; i < loggers.size(); ++i) {
            if (loggers.rows(i) > 0)
                counts[std::string(loggers.name(i))] = static_cast<std::uint64_t>(loggers.rows(i));
        }
        return ordered(counts, maxValues);
    }
    if (field.kind == Kind::Source) {
        const SourceNames &sources = m_store->sources();
        for (std::uint32_t i = 0; i < sources.size(); ++i) {
            const SourceNames::Name name = sources.name(i);
            const auto rows = static_cast<std::uint64_t>(std::max<std::int64_t>(0, sources.figures(i).rows));
            for (const std::string_view text : {name.process, name.peer, name.receiver}) {
                if (!text.empty() && text.size() <= maxValueBytes)
                    counts[std::string(text)] += rows;
            }
        }
        return ordered(counts, maxValues);
    }

    const CaptureSnapshot snapshot = m_store->snapshot();
    RowSubject subject(m_store->loggers(), m_store->sources());
    ExpressionNode node;
    node.kind = ExpressionNode::Kind::Compare;
    node.op = ExpressionOperator::Exists;
    node.field = field;
    const ValueComparison comparison(node);
    std::string text;
    std::uint64_t left = std::min(snapshot.size(), maxRows);
    for (std::size_t page = snapshot.pageCount(); page-- > 0 && left > 0;) {
        const auto block = snapshot.page(page)->load();
        if (!block)
            continue;
        subject.setBlock(**block);
        for (std::uint32_t row = snapshot.rowsOf(page); row-- > 0 && left > 0; --left) {
            if (m_ending.load(std::memory_order_relaxed))
                return {};
            subject.setRow(row);
            if (key.empty()) {
                countNames(counts, subject.extra(), {});
                continue;
            }
            std::optional<Value> value;
            if (field.kind == Kind::Level)
                value = Value::text(subject.levelname());
            else
                value = field.kind == Kind::Extra ? comparison.find(subject.extra())
                                                  : comparison.find(subject.attribute(field.attribute));
            if (!value || value->isNone() || value->isSequence() || value->isDict() ||
                value->chars().size() > maxValueBytes)
                continue;
            text.clear();
            python::appendStr(text, *value);
            if (!text.empty() && text.find_first_of("\r\n") == std::string::npos)
                count(counts, text, 4 * maxValues);
        }
    }
    return ordered(counts, key.empty() ? maxNames : maxValues);
}

std::vector<std::string> SeenValues::ordered(const Counts &counts, std::size_t most)
{
    std::vector<std::pair<std::string, std::uint64_t>> sorted(counts.begin(), counts.end());
    std::ranges::stable_sort(sorted, std::greater(), &std::pair<std::string, std::uint64_t>::second);
    std::vector<std::string> texts;
    for (auto &[text, rows] : sorted) {
        if (texts.size() == most)
            break;
        texts.push_back(std::move(text));
    }
    return texts;
}

} // namespace sluice
