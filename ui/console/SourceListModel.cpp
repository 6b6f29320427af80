#include "console/SourceListModel.h"

#include "console/Words.h"

#include <algorithm>

namespace sluice {

namespace {

/// A rate is told over so long: shorter ones flicker.
constexpr std::chrono::milliseconds rateSpan{1000};
constexpr Nanoseconds activeFor = 5 * nanosecondsPerSecond;

QString age(Nanoseconds since)
{
    const Nanoseconds seconds = std::max<Nanoseconds>(0, since) / nanosecondsPerSecond;
    if (seconds < 2)
        return SourceListModel::tr("now");
    if (seconds < 60)
        return SourceListModel::tr("%1 s ago").arg(seconds);
    if (seconds < 3600)
        return SourceListModel::tr("%1 min ago").arg(seconds / 60);
    return seconds < 86'400 ? SourceListModel::tr("%1 h ago").arg(seconds / 3600)
                            : SourceListModel::tr("%1 d ago").arg(seconds / 86'400);
}

QString joined(QStringList parts, const QString &between)
{
    parts.removeAll(QString());
    return parts.join(between);
}

} // namespace

SourceListModel::SourceListModel(std::shared_ptr<const RecordStore> capture, QObject *parent)
    : QAbstractListModel(parent), m_capture(std::move(capture))
{
}

void SourceListModel::setStore(std::shared_ptr<const RecordStore> store)
{
    if (store == m_capture)
        return;
    beginResetModel();
    m_capture = std::move(store);
    m_items.clear();
    m_alone.clear();
    m_muted.clear();
    m_rated = {};
    endResetModel();
    refresh();
}

bool SourceListModel::isShown(std::uint32_t source) const
{
    return (m_alone.empty() || m_alone.contains(source)) && !m_muted.contains(source);
}

void SourceListModel::refresh(std::chrono::steady_clock::time_point now)
{
    const SourceNames &names = m_capture->sources();
    const std::uint32_t count = names.size();
    if (m_items.size() < count) {
        beginInsertRows({}, static_cast<int>(m_items.size()), static_cast<int>(count) - 1);
        while (m_items.size() < count) {
            const auto number = static_cast<std::uint32_t>(m_items.size());
            Item item;
            item.figures = names.figures(number);
            item.isShown = isShown(number);
            m_items.push_back(std::move(item));
        }
        endInsertRows();
    }
    const bool isFirst = m_rated == decltype(m_rated)();
    const double passed = std::chrono::duration<double>(now - m_rated).count();
    const bool tellsRate = now - m_rated >= rateSpan;
    for (std::uint32_t number = 0; number < count; ++number) {
        Item &item = m_items[number];
        item.figures = names.figures(number);
        if (!tellsRate)
            continue;
        const std::int64_t more = item.figures.seen - item.seenAtRate;
        item.rate = isFirst ? 0 : static_cast<double>(std::max<std::int64_t>(0, more)) / passed;
        item.seenAtRate = item.figures.seen;
    }
    if (tellsRate)
        m_rated = now;
    if (count > 0)
        Q_EMIT dataChanged(index(0), index(static_cast<int>(count) - 1));
}

void SourceListModel::setFilter(const std::vector<std::uint32_t> &alone, const std::vector<std::uint32_t> &muted)
{
    m_alone = {alone.begin(), alone.end()};
    m_muted = {muted.begin(), muted.end()};
    for (std::size_t i = 0; i < m_items.size(); ++i)
        m_items[i].isShown = isShown(static_cast<std::uint32_t>(i));
    if (!m_items.empty())
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

std::uint32_t SourceListModel::number(const QModelIndex &index) const
{
    return static_cast<std::uint32_t>(index.row());
}

QString SourceListModel::nameOf(const SourceNames &sources, std::uint32_t source)
{
    if (source >= sources.size())
        return tr("other senders");
    const SourceNames::Name name = sources.name(source);
    // Nearly every Python process is called so; the peer says more.
    const bool isUsual = name.process.empty() || name.process == "MainProcess";
    if (!isUsual)
        return words::fromUtf8(name.process, 200);
    if (name.peer.empty() && name.receiver.empty())
        return tr("without a name");
    return words::fromUtf8(name.peer.empty() ? name.receiver : name.peer, 200);
}

int SourceListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

Qt::ItemFlags SourceListModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

QString SourceListModel::wordsOfRate(const Item &item) const
{
    if (item.rate < 0.05)
        return {};
    const QString number = item.rate < 10 ? QString::number(item.rate, 'f', 1)
                                          : words::count(static_cast<std::uint64_t>(item.rate + 0.5));
    return tr("%1/s").arg(number);
}

QStringList SourceListModel::wordsOfFigures(const Item &item) const
{
    const auto counted = [](std::int64_t count, const QString &one, const QString &many) {
        return words::counted(static_cast<std::uint64_t>(std::max<std::int64_t>(0, count)), one, many);
    };
    return {counted(item.figures.rows, tr("record"), tr("records")),
            item.figures.errors > 0 ? counted(item.figures.errors, tr("error"), tr("errors")) : QString(),
            item.figures.lastSeen != 0 ? age(wallClock() - item.figures.lastSeen) : QString()};
}

QVariant SourceListModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Item &item = m_items[static_cast<std::size_t>(index.row())];
    const SourceNames::Name name = m_capture->sources().name(number(index));
    const QString title = nameOf(m_capture->sources(), number(index));
    const auto where = [&] {
        QStringList parts;
        if (const auto state = m_states.find(std::string(name.receiver)); state != m_states.end())
            parts << state->second;
        if (!name.peer.empty() && title != words::fromUtf8(name.peer, 200))
            parts << words::fromUtf8(name.peer, 200);
        if (!name.receiver.empty())
            parts << tr("over %1").arg(words::fromUtf8(name.receiver, 200));
        if (item.figures.processId)
            parts << tr("process %1").arg(*item.figures.processId);
        return parts.join(QStringLiteral(" · "));
    };
    switch (role) {
    case Qt::DisplayRole: return title;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return joined({title, where(), joined(wordsOfFigures(item), QStringLiteral(" · ")), wordsOfRate(item),
                       item.isShown ? QString() : tr("not shown in this view")},
                      role == Qt::ToolTipRole ? QStringLiteral("\n") : QStringLiteral(", "));
    case NumberRole: return number(index);
    case WhereRole: return where();
    case FiguresRole: return wordsOfFigures(item);
    case RateRole: return wordsOfRate(item);
    case ErrorsRole: return static_cast<qlonglong>(item.figures.errors);
    case ShownRole: return item.isShown;
    case ActiveRole: return item.rate > 0 || (item.figures.lastSeen != 0 && wallClock() - item.figures.lastSeen < activeFor);
    default: return {};
    }
}

} // namespace sluice
