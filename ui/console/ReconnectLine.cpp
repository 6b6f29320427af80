#include "console/ReconnectLine.h"

#include "console/RecordTableModel.h"
#include "console/SourceListModel.h"
#include "console/Words.h"
#include "look/Appearance.h"

#include <QPainter>

#include <algorithm>
#include <iterator>

namespace sluice::reconnectline {

namespace {

/// Where a session of the program begins: the newest one, if a filter hides all that another had.
QString wordsOfSession(const RecordTableModel &model, int row)
{
    if (row == 0)
        return {};
    const std::uint64_t here = model.rowNumber(row);
    const std::uint64_t above = model.rowNumber(row - 1);
    const std::uint64_t begin = model.store()->figures().sessionRow;
    if (begin > 0 && here >= begin && above < begin)
        return SourceListModel::tr("above: from the last session");
    const auto sessions = model.store()->sessionRows();
    if (!sessions)
        return {};
    const auto next = std::ranges::upper_bound(*sessions, here);
    if (next == sessions->begin() || *std::prev(next) <= above)
        return {};
    const auto record = model.view(row);
    if (!record)
        return SourceListModel::tr("an earlier session"); // until it has been read from the disk
    const TimeFormat format{.zone = model.timeFormat().zone, .withDate = true, .digits = 0};
    return SourceListModel::tr("session of %1").arg(sluice::words::clockTime(record->created, format));
}

QString wordsOfSenders(const RecordTableModel &model, int row)
{
    const SourceNames &sources = model.store()->sources();
    if (sources.reconnectsVersion() == 0)
        return {};
    // Where a filter hides the record that it came with, it stands above the next one.
    const std::uint64_t here = model.rowNumber(row);
    // By time it stands above the record itself.
    const std::uint64_t from = model.isByTime() ? here
                               : row > 0        ? model.rowNumber(row - 1) + 1
                                                : model.snapshot().firstRow();
    const std::vector<SourceNames::Reconnect> reconnects = sources.reconnects(from, here + 1);
    if (reconnects.empty())
        return {};
    if (reconnects.size() > 1)
        return SourceListModel::tr("%1 senders started again").arg(sluice::words::count(reconnects.size()));
    const SourceNames::Reconnect &one = reconnects.front();
    return SourceListModel::tr("%1 started again: process %2")
        .arg(SourceListModel::nameOf(sources, one.source))
        .arg(one.processId);
}

} // namespace

QString words(const RecordTableModel &model, int row)
{
    const QString session = wordsOfSession(model, row);
    const QString senders = wordsOfSenders(model, row);
    return session.isEmpty() || senders.isEmpty() ? session + senders : session + QStringLiteral(" · ") + senders;
}

void paint(QPainter &painter, const QRect &rect, const RecordTableModel &model, int row)
{
    const QString told = words(model, row);
    if (told.isEmpty())
        return;
    const Theme &theme = Appearance::theme();
    painter.save();
    QPen pen(theme.color("accent"));
    pen.setStyle(Qt::DashLine);
    painter.setPen(pen);
    painter.drawLine(rect.left(), rect.top(), rect.right(), rect.top());
    painter.setFont(Appearance::smallFont());
    const int width = painter.fontMetrics().horizontalAdvance(told) + 16;
    const QRect chip(rect.right() - width - 8, rect.top(), width, painter.fontMetrics().height() + 2);
    painter.fillRect(chip, theme.color("window"));
    painter.setPen(theme.color("accent"));
    painter.drawRect(chip.adjusted(0, 0, -1, -1));
    painter.drawText(chip, Qt::AlignCenter, told);
    painter.restore();
}

} // namespace sluice::reconnectline
