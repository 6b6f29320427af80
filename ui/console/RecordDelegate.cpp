#include "console/RecordDelegate.h"

#include "console/LevelBadge.h"
#include "console/RecordTableModel.h"
#include "console/Words.h"
#include "shell/Appearance.h"

#include <QPainter>

namespace sluice {

namespace {

/// Control characters would be painted as boxes or tear the line; a tab becomes a space.
QString printable(QString text)
{
    for (QChar &c : text) {
        if (c < QLatin1Char(' '))
            c = c == QLatin1Char('\t') ? QLatin1Char(' ') : QChar(0x2400 + c.unicode());
    }
    return text;
}

/// A record that is being read from the disk: it will be here in a moment.
void paintMissing(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const bool selected = option.state & QStyle::State_Selected;
    const Theme &theme = Appearance::theme();
    painter.fillRect(option.rect, selected ? theme.color("selection") : theme.level(Severity::Info).row);
    if (index.column() != RecordTableModel::MessageColumn)
        return;
    painter.setFont(option.font);
    painter.setPen(theme.color(selected ? "selectionText" : "secondary"));
    painter.drawText(option.rect.adjusted(RecordDelegate::padding, 0, -RecordDelegate::padding, 0),
                     Qt::AlignVCenter | Qt::AlignLeft, QStringLiteral("…"));
}

} // namespace

void RecordDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const auto *model = static_cast<const RecordTableModel *>(index.model());
    const std::optional<RowView> found = model->view(index.row());
    const Theme &theme = Appearance::theme();
    if (!found) {
        paintMissing(*painter, option, index);
        return;
    }
    const RowView &row = *found;
    const Severity severity = severityOf(row.levelno);
    const LevelColors &colors = theme.level(severity);
    const bool selected = option.state & QStyle::State_Selected;

    painter->fillRect(option.rect, selected ? theme.color("selection") : colors.row);
    const QRect cell = option.rect.adjusted(padding, 0, -padding, 0);
    QFont font = option.font;
    QColor color = selected ? theme.color("selectionText") : colors.text;
    QString text;
    int right = cell.right() + 1;
    switch (index.column()) {
    case RecordTableModel::LevelColumn: {
        QRectF badge(cell.left(), cell.top() + 2, 20, cell.height() - 4);
        paintLevelBadge(*painter, badge, severity);
        return;
    }
    case RecordTableModel::TimeColumn:
        text = words::timeOfDay(row.created);
        if (!selected && severity < Severity::Error)
            color = theme.color("secondary");
        break;
    case RecordTableModel::NameColumn:
        text = printable(words::fromUtf8(row.logger, 512));
        if (!selected && severity < Severity::Error)
            color = theme.color("secondary");
        break;
    case RecordTableModel::MessageColumn: {
        text = printable(words::fromUtf8(words::firstLine(row.message), 2048));
        font.setBold(severity == Severity::Critical);
        const std::size_t lines = words::lineCount(row.message) + words::lineCount(row.exception);
        if (lines > 1) {
            const QString marker = QStringLiteral("\u23CE +%1").arg(lines - 1);
            const QFont small = Appearance::smallFont();
            const QFontMetrics metrics(small);
            // Advances are rounded: a pixel more keeps what fits from being cut.
            const int textWidth = QFontMetrics(font).horizontalAdvance(text.left(512)) + 2;
            const int width = metrics.horizontalAdvance(marker);
            const int at = qMin(cell.left() + textWidth + padding, right - width);
            right = qMax(cell.left(), at - padding);
            painter->setFont(small);
            painter->setPen(selected ? color : theme.color("secondary"));
            painter->drawText(QRect(at, cell.top(), width + 1, cell.height()),
                              Qt::AlignVCenter | Qt::AlignLeft, marker);
        }
        break;
    }
    default:
        break;
    }
    const QRect place(cell.left(), cell.top(), right - cell.left(), cell.height());
    painter->setFont(font);
    painter->setPen(color);
    // A name says most at its end; a message at its beginning.
    const Qt::TextElideMode elide =
        index.column() == RecordTableModel::NameColumn ? Qt::ElideLeft : Qt::ElideRight;
    const QString shown = QFontMetrics(font).elidedText(text.left(1024), elide, place.width());
    painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
}

} // namespace sluice
