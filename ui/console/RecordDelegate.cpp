#include "console/RecordDelegate.h"

#include "console/LevelBadge.h"
#include "console/RecordTableModel.h"
#include "console/Words.h"
#include "look/Appearance.h"

#include <QPainter>
#include <QPainterPath>

#include <utility>

namespace sluice {

namespace {

constexpr int selectionBar = 3;
/// Of a highlight rule, at the gutter's right.
constexpr int stripLeft = 16;
constexpr int stripWidth = 4;
/// Below what the filter or find looks for.
constexpr int underline = 2;
constexpr qsizetype maxPainted = 1024;

/// Control characters would be painted as boxes or tear the line; a tab becomes a space.
QString printable(QString text)
{
    for (QChar &c : text) {
        if (c < QLatin1Char(' '))
            c = c == QLatin1Char('\t') ? QLatin1Char(' ') : QChar(0x2400 + c.unicode());
    }
    return text;
}

QFont messageFont(const QFont &font, Severity severity, bool isBold = false)
{
    QFont bold = font;
    bold.setBold(isBold || severity == Severity::Critical);
    return bold;
}

QColor textColor(Severity severity, bool selected)
{
    const Theme &theme = Appearance::theme();
    return selected && severity < Severity::Warning ? theme.color("selectionText") : theme.level(severity).text;
}

QString foldMarker(std::size_t lines) { return QStringLiteral("\u23CE +%1").arg(lines); }

} // namespace

RowHighlighter::Look RecordDelegate::look(const RecordTableModel &model, int index) const
{
    return m_highlighter ? m_highlighter->look(model.snapshot(), model.rowNumber(index)) : RowHighlighter::Look();
}

QRect RecordDelegate::foldMarkerRect(const QRect &cell, const QFont &font, const RecordTableModel &model,
                                     int index) const
{
    const std::size_t lines = model.furtherLines(index);
    if (lines == 0)
        return {};
    const RowView row = *model.view(index);
    const QString text = printable(words::fromUtf8(words::firstLine(row.message), 2048)).left(512);
    // Advances are rounded: a pixel more keeps what fits from being cut.
    const int textWidth =
        QFontMetrics(messageFont(font, severityOf(row.levelno), look(model, index).bold)).horizontalAdvance(text) + 2;
    const int width = QFontMetrics(Appearance::smallFont()).horizontalAdvance(foldMarker(lines)) + 1;
    const int right = cell.right() + 1 - padding;
    return {qMin(cell.left() + textWidth + 2 * padding, right - width), cell.top(), width, cell.height()};
}

void RecordDelegate::paintBackground(QPainter &painter, const QRect &row, const RecordTableModel &model,
                                     int index, bool selected) const
{
    const Theme &theme = Appearance::theme();
    const std::optional<RowView> record = model.view(index);
    const LevelColors &colors = theme.level(record ? severityOf(record->levelno) : Severity::Info);
    painter.fillRect(row, selected ? colors.selected : colors.row);
    const RowHighlighter::Look look = this->look(model, index);
    if (!selected && look.row >= 0)
        painter.fillRect(row, theme.highlightRow(look.row));
    if (look.strip >= 0)
        painter.fillRect(QRect(row.left() + stripLeft, row.top(), stripWidth, row.height()), theme.highlight(look.strip));
    if (selected)
        painter.fillRect(QRect(row.left(), row.top(), selectionBar, row.height()), theme.color("accent"));
}

void RecordDelegate::paintMark(QPainter &painter, const QRect &cell, bool hasNote) const
{
    const Theme &theme = Appearance::theme();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    // A ribbon; with a note it has lines on it.
    const QPointF centre = QRectF(cell).center() + QPointF(1, 0);
    QPainterPath ribbon;
    ribbon.addPolygon(QPolygonF({centre + QPointF(-4, -6), centre + QPointF(4, -6), centre + QPointF(4, 6),
                                 centre + QPointF(0, 2.5), centre + QPointF(-4, 6)}));
    ribbon.closeSubpath();
    painter.fillPath(ribbon, theme.color("mark"));
    if (hasNote) {
        painter.setPen(QPen(theme.color("accentText"), 1));
        painter.drawLine(centre + QPointF(-2, -3.5), centre + QPointF(2, -3.5));
        painter.drawLine(centre + QPointF(-2, -1), centre + QPointF(2, -1));
    }
    painter.restore();
}

void RecordDelegate::paintReference(QPainter &painter, const QRect &cell) const
{
    painter.setPen(Appearance::theme().color("text"));
    painter.setFont(Appearance::smallFont());
    painter.drawText(cell, Qt::AlignCenter, QStringLiteral("Δ"));
}

void RecordDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const auto &model = static_cast<const RecordTableModel &>(*index.model());
    // One that is being read from the disk will be here in a moment.
    const std::optional<RowView> row = model.view(index.row());
    const Severity severity = row ? severityOf(row->levelno) : Severity::Info;
    const Theme &theme = Appearance::theme();
    const ViewColumn::Kind kind = model.column(index.column()).kind();
    const bool selected = option.state & QStyle::State_Selected;

    QRect cell = option.rect.adjusted(padding, 0, -padding, 0);
    if (kind == ViewColumn::Kind::Level) {
        if (!row)
            return;
        paintLevelBadge(*painter, QRectF(cell.left(), cell.top() + 2, 20, cell.height() - 4), severity);
        return;
    }
    painter->setFont(option.font);
    const RowHighlighter::Look look = this->look(model, index.row());
    const bool isMain = (kind == ViewColumn::Kind::Message || severity >= Severity::Error || selected) && row;
    const QColor color = look.row >= 0 && !selected ? theme.color("text")
                         : isMain ? textColor(severity, selected) : theme.color("secondary");
    if (kind == ViewColumn::Kind::Message) {
        const QRect marker = foldMarkerRect(option.rect, option.font, model, index.row());
        if (!marker.isEmpty()) {
            painter->setFont(Appearance::smallFont());
            painter->setPen(selected ? color : theme.color("secondary"));
            painter->drawText(marker, Qt::AlignVCenter | Qt::AlignLeft, foldMarker(model.furtherLines(index.row())));
            cell.setRight(qMax(cell.left(), marker.left() - padding - 1));
        }
        painter->setFont(messageFont(option.font, severity, look.bold));
    }
    painter->setPen(color);
    const bool isText = kind == ViewColumn::Kind::Message || kind == ViewColumn::Kind::Logger;
    // A name says most at its end; a message at its beginning.
    paintText(*painter, cell, printable(model.cellText(index.row(), index.column())).left(maxPainted),
              kind == ViewColumn::Kind::Logger ? Qt::ElideLeft : Qt::ElideRight,
              isText ? look : RowHighlighter::Look(), isText);
}

void RecordDelegate::paintText(QPainter &painter, const QRect &place, const QString &text,
                               Qt::TextElideMode elide, const RowHighlighter::Look &look, bool isSearched) const
{
    const QFontMetrics metrics = painter.fontMetrics();
    const QString shown = metrics.elidedText(text, elide, place.width());
    const Theme &theme = Appearance::theme();
    for (const FoundText::Place &found : isSearched ? m_found.places(shown) : std::vector<FoundText::Place>()) {
        const int left = place.left() + metrics.horizontalAdvance(shown, found.at);
        const int right = place.left() + metrics.horizontalAdvance(shown, found.at + found.size);
        const int bottom = place.center().y() + metrics.height() / 2;
        const QRect bounds = place.adjusted(-1, 0, 1, 0);
        if (found.isFind)
            painter.fillRect(QRect(left - 1, bottom - metrics.height(), right - left + 2, metrics.height()).intersected(bounds),
                             theme.color("match"));
        painter.fillRect(QRect(left, bottom - underline, right - left, underline).intersected(bounds), theme.color("found"));
    }
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
    if (!m_highlighter || !look.rules)
        return;
    for (const RowHighlighter::Place &found : m_highlighter->places(shown, look)) {
        const int left = metrics.horizontalAdvance(shown, found.at);
        const int right = metrics.horizontalAdvance(shown, found.at + found.size);
        const QRect behind = QRect(place.left() + left - 1, place.center().y() - metrics.height() / 2,
                                   right - left + 2, metrics.height())
                                 .intersected(place.adjusted(-1, 0, 1, 0));
        painter.save();
        painter.setClipRect(behind, Qt::IntersectClip);
        painter.fillRect(behind, theme.highlight(found.color));
        painter.setPen(theme.color("highlightText"));
        painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
        painter.restore();
    }
}

void RecordDelegate::paintFurtherLines(QPainter &painter, const QRect &area, const QFont &font,
                                       const RecordTableModel &model, int index, bool selected) const
{
    const std::optional<RowView> row = model.view(index);
    if (!row)
        return;
    const Severity severity = severityOf(row->levelno);
    const Theme &theme = Appearance::theme();
    painter.setFont(font);
    painter.setPen(textColor(severity, selected));
    const int spacing = painter.fontMetrics().lineSpacing();
    const std::size_t all = model.furtherLines(index);
    const auto room = static_cast<std::size_t>(qMax(1, area.height() / spacing));
    const std::size_t shown = all <= room ? all : room - 1;
    QRect line(area.left(), area.top(), area.width(), spacing);
    std::size_t done = 0;
    bool first = true; // the message's first line stands above
    for (std::string_view text : {row->message, row->exception}) {
        while (!text.empty() && done < shown) {
            const std::string_view current = words::firstLine(text);
            const std::size_t end = text.find('\n');
            text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
            if (std::exchange(first, false))
                continue;
            paintText(painter, line, printable(words::fromUtf8(current, 2048)).left(maxPainted), Qt::ElideRight,
                      this->look(model, index));
            line.translate(0, spacing);
            ++done;
        }
        first = false;
    }
    if (shown < all) {
        painter.setFont(Appearance::smallFont());
        painter.setPen(selected ? textColor(severity, selected) : theme.color("secondary"));
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                         tr("… %1 more; the detail has them all").arg(words::counted(all - shown, tr("line"), tr("lines"))));
    }
}

} // namespace sluice
