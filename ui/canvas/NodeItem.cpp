#include "canvas/NodeItem.h"

#include "canvas/NodeLook.h"
#include "look/Appearance.h"
#include "look/Icons.h"

#include <QGuiApplication>
#include <QPainter>
#include <QPainterPath>

#include <cmath>

namespace sluice {

namespace {

constexpr double radius = 8;
constexpr double margin = 6; ///< of a card in its pixmap, for shadow
constexpr double portsAtBottom = 28;
constexpr double betweenPorts = 24;
/// Below it letters could not be read.
constexpr double plainBelow = 0.45;
constexpr qsizetype maxWordsShown = 300;

QString translated(const char *text) { return QCoreApplication::translate("sluice::NodeItem", text); }

QFont font(int pixels, QFont::Weight weight = QFont::Normal)
{
    QFont font = QGuiApplication::font();
    font.setPixelSize(pixels);
    font.setWeight(weight);
    // The same breaks at each zoom.
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

void drawLine(QPainter &painter, const QRectF &rect, const QString &text, Qt::Alignment alignment, Qt::TextElideMode elide)
{
    const QFontMetricsF metrics(painter.font());
    painter.drawText(rect, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine, metrics.elidedText(text, elide, rect.width()));
}

QColor withAlpha(QColor color, double alpha)
{
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

} // namespace

void NodeItem::set(const ChainNode &node)
{
    m_id = node.id;
    m_type = node.type;
    m_name = QString::fromStdString(node.id);
    m_words = QString::fromStdString(node.type->describe(node.params)).left(maxWordsShown).simplified();
    m_position = {node.x, node.y};
    m_card = {};
}

bool NodeItem::isAtBottom(std::size_t index) const { return m_type->outputs()[index].name != "out"; }

QPointF NodeItem::output(std::size_t index) const
{
    if (!isAtBottom(index))
        return m_position + QPointF(width, height / 2);
    double x = portsAtBottom;
    for (std::size_t i = 0; i < index; ++i)
        x += isAtBottom(i) ? betweenPorts : 0;
    return m_position + QPointF(x, height);
}

std::optional<std::size_t> NodeItem::outputIndex(std::string_view port) const
{
    for (std::size_t i = 0; i < m_type->outputs().size(); ++i) {
        if (m_type->outputs()[i].name == port)
            return i;
    }
    return {};
}

bool NodeItem::setLive(const std::optional<Live> &live)
{
    if (live == m_live)
        return false;
    m_live = live;
    m_card = {};
    return true;
}

bool NodeItem::setRehearsed(const std::optional<Rehearsed> &rehearsed)
{
    if (rehearsed == m_rehearsed)
        return false;
    m_rehearsed = rehearsed;
    m_card = {};
    return true;
}

bool NodeItem::setProblem(const QString &sentence)
{
    if (sentence == m_problem)
        return false;
    m_problem = sentence;
    return true;
}

bool NodeItem::setWeakness(const QString &why)
{
    if (why == m_weakness)
        return false;
    m_weakness = why;
    return true;
}

QString NodeItem::toolTip() const
{
    QStringList lines{m_name + QStringLiteral(" · ") + QString::fromStdString(m_type->name()), m_words};
    if (m_rehearsed)
        lines << translated("Rehearsed: %1").arg(m_rehearsed->words);
    if (!m_problem.isEmpty())
        lines << m_problem;
    if (!m_weakness.isEmpty())
        lines << m_weakness;
    if (m_live && !m_live->reason.isEmpty())
        lines << m_live->reason;
    if (m_live && !m_live->dropped.isEmpty())
        lines << m_live->dropped;
    lines.removeDuplicates();
    return lines.join(QLatin1Char('\n'));
}

QString NodeItem::spoken() const
{
    QStringList parts{m_name, nodelook::wordOf(m_type->kind()) + QLatin1Char(' ') + QString::fromStdString(m_type->name()), m_words};
    if (m_live && !m_live->counters.isEmpty())
        parts << m_live->counters;
    if (m_rehearsed)
        parts << translated("rehearsed: %1").arg(m_rehearsed->words);
    if (m_live && !m_live->reason.isEmpty())
        parts << m_live->reason;
    if (!m_problem.isEmpty())
        parts << translated("Problem: %1").arg(m_problem);
    if (!m_weakness.isEmpty())
        parts << m_weakness;
    return parts.join(QStringLiteral(", "));
}

// In units of the scene, with the card's corner at 0, 0.
void NodeItem::paintCard(QPainter &painter) const
{
    const Theme &theme = Appearance::theme();
    const QRectF rect(0, 0, width, height);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (const auto &[spread, alpha] : {std::pair(2.5, 0.035), std::pair(1.5, 0.05), std::pair(0.5, 0.07)}) {
        painter.setBrush(withAlpha(theme.color("nodeShadow"), alpha));
        painter.drawRoundedRect(rect.adjusted(-spread, 1 - spread, spread, 1.5 + spread), radius + spread, radius + spread);
    }
    const bool isFailed = m_live && m_live->state == NodeStatus::State::Failed;
    painter.setPen(QPen(theme.color(isFailed ? "problem" : "nodeBorder"), 1));
    painter.setBrush(theme.color("nodeSurface"));
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);

    const QColor kind = nodelook::colorOf(m_type->kind());
    const QRectF tile(10, 10, 28, 28);
    painter.setPen(Qt::NoPen);
    painter.setBrush(withAlpha(kind, theme.isDark() ? 0.2 : 0.12));
    painter.drawRoundedRect(tile, 6, 6);
    const double scale = painter.transform().m11() * painter.device()->devicePixelRatioF();
    const QPixmap icon = tintedPixmap(nodelook::iconOf(*m_type), qMax(1, qRound(18 * scale)), 1, kind);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(QRectF(15, 15, 18, 18), icon, icon.rect());

    painter.setPen(theme.color("text"));
    painter.setFont(font(13, QFont::DemiBold));
    drawLine(painter, QRectF(46, 7, width - 46 - 26, 18), m_name, Qt::AlignLeft, Qt::ElideMiddle);
    painter.setPen(theme.color("secondary"));
    painter.setFont(font(11));
    const QString typeName = QString::fromStdString(m_type->name());
    drawLine(painter, QRectF(46, 24, width - 46 - 10, 15), typeName, Qt::AlignLeft, Qt::ElideRight);
    const bool saysMore = m_words != QString::fromStdString(m_type->summary());
    painter.setPen(theme.color(saysMore ? "text" : "secondary"));
    drawLine(painter, QRectF(11, 42, width - 22, 15), m_words, Qt::AlignLeft, Qt::ElideRight);

    painter.setPen(theme.color("secondary"));
    if (m_live)
        nodelook::paintState(painter, QPointF(width - 15, 16), m_live->state);
    QRectF foot(11, 58, width - 22, 15);
    if (m_rehearsed) {
        if (m_rehearsed->differs) {
            painter.setPen(theme.color("accent"));
            painter.setFont(font(11, QFont::DemiBold));
        }
        drawLine(painter, foot, m_rehearsed->words, Qt::AlignLeft, Qt::ElideRight);
    } else if (m_live) {
        if (!m_live->dropped.isEmpty()) {
            painter.setPen(theme.color("wireDrops"));
            drawLine(painter, foot, m_live->dropped, Qt::AlignRight, Qt::ElideRight);
            foot.setRight(foot.right() - QFontMetricsF(painter.font()).horizontalAdvance(m_live->dropped) - 8);
        }
        painter.setPen(theme.color(isFailed ? "problem" : "secondary"));
        drawLine(painter, foot, isFailed && !m_live->reason.isEmpty() ? m_live->reason : m_live->counters, Qt::AlignLeft, Qt::ElideRight);
    } else {
        drawLine(painter, foot, translated("not running yet"), Qt::AlignLeft, Qt::ElideRight);
    }
}

const QPixmap &NodeItem::card(double scale, bool mayBeStale) const
{
    const QString &theme = Appearance::theme().name();
    const bool isUsable = !m_card.isNull() && m_cardTheme == theme && (mayBeStale || qFuzzyCompare(m_cardScale, scale));
    if (!isUsable) {
        const QSizeF size = QSizeF(width + 2 * margin, height + 2 * margin) * scale;
        m_card = QPixmap(qMax(1, qCeil(size.width())), qMax(1, qCeil(size.height())));
        m_card.fill(Qt::transparent);
        m_cardScale = scale;
        m_cardTheme = theme;
        QPainter painter(&m_card);
        painter.scale(scale, scale);
        painter.translate(margin, margin);
        paintCard(painter);
    }
    return m_card;
}

void NodeItem::paint(QPainter &painter, const Look &look) const
{
    const double zoom = look.view.zoom;
    painter.setOpacity(look.isDimmed ? 0.4 : 1);
    if (zoom < plainBelow) {
        paintPlain(painter, look);
        painter.setOpacity(1);
        return;
    }
    const Theme &theme = Appearance::theme();
    const double ratio = painter.device()->devicePixelRatioF();
    const QPixmap &pixmap = card(zoom * ratio, look.isMoving);
    QPointF corner = look.view.toView(m_position - QPointF(margin, margin));
    // On whole pixels it is copied, not mixed.
    corner = QPointF(std::round(corner.x() * ratio) / ratio, std::round(corner.y() * ratio) / ratio);
    const double factor = zoom / m_cardScale;
    painter.drawPixmap(QRectF(corner, QSizeF(pixmap.size()) * factor), pixmap, QRectF(pixmap.rect()));
    if (look.isSelected || look.isTarget || look.isHovered || look.isFocused) {
        painter.setRenderHint(QPainter::Antialiasing);
        const double pen = look.isSelected || look.isTarget ? 2 : 1;
        painter.setPen(QPen(theme.color(look.isHovered && pen == 1 ? "secondary" : "accent"), pen));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(look.view.toView(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius * zoom, radius * zoom);
        if (look.isFocused) {
            painter.setPen(QPen(theme.color("accent"), 1, Qt::DotLine));
            painter.drawRoundedRect(look.view.toView(rect()).adjusted(-3.5, -3.5, 3.5, 3.5), radius * zoom + 3, radius * zoom + 3);
        }
    }
    paintPorts(painter, look);
    paintBadge(painter, look);
    paintWeakness(painter, look.view);
    painter.setOpacity(1);
}

void NodeItem::paintPorts(QPainter &painter, const Look &look) const
{
    const Theme &theme = Appearance::theme();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(look.isTarget ? "accent" : "wire"), 1.5));
    painter.setBrush(theme.color("nodeSurface"));
    const double r = portRadius * qMin(look.view.zoom, 1.5);
    if (m_type->hasInput()) {
        if (look.isTarget)
            painter.setBrush(theme.color("accent"));
        painter.drawEllipse(look.view.toView(input()), r, r);
        painter.setBrush(theme.color("nodeSurface"));
    }
    for (std::size_t i = 0; i < m_type->outputs().size(); ++i)
        painter.drawEllipse(look.view.toView(output(i)), r, r);
}

void NodeItem::paintBadge(QPainter &painter, const Look &look) const
{
    if (m_problem.isEmpty())
        return;
    const Theme &theme = Appearance::theme();
    const double r = 9 * qBound(0.6, look.view.zoom, 1.5);
    const QPointF centre = look.view.toView(m_position + QPointF(width - 4, 4));
    painter.setPen(QPen(theme.color("canvas"), 2));
    painter.setBrush(theme.color("problem"));
    painter.drawEllipse(centre, r, r);
    painter.setPen(theme.color("canvas"));
    painter.setFont(font(qMax(7, qRound(r * 1.4)), QFont::Bold));
    painter.drawText(QRectF(centre - QPointF(r, r), QSizeF(2 * r, 2 * r)), Qt::AlignCenter, QStringLiteral("!"));
}

void NodeItem::paintWeakness(QPainter &painter, const CanvasView &view) const
{
    if (m_weakness.isEmpty() || view.zoom < plainBelow)
        return;
    const Theme &theme = Appearance::theme();
    const double zoom = view.zoom;
    painter.setFont(font(qMax(7, qRound(10 * zoom)), QFont::DemiBold));
    const QString words = translated("weakest link");
    const double wide = QFontMetricsF(painter.font()).horizontalAdvance(words) + 12 * zoom;
    const double high = 16 * zoom;
    // On the lower edge, where targets' wires do not leave.
    const QPointF corner = view.toView(m_position + QPointF(width - 10, height));
    const QRectF pill(corner.x() - wide, corner.y() - high / 2, wide, high);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color("wireDrops"), 1));
    painter.setBrush(theme.color("canvas"));
    painter.drawRoundedRect(pill, high / 2, high / 2);
    painter.setPen(theme.color("text"));
    painter.drawText(pill, Qt::AlignCenter, words);
}

// From afar: a card of one colour with a stripe of its kind, and what needs attention.
void NodeItem::paintPlain(QPainter &painter, const Look &look) const
{
    const Theme &theme = Appearance::theme();
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QRect card = look.view.toView(rect()).toRect();
    painter.setPen(theme.color(look.isSelected || look.isTarget ? "accent" : "nodeBorder"));
    painter.setBrush(theme.color(look.isSelected ? "selection" : "nodeSurface"));
    painter.drawRect(card.adjusted(0, 0, -1, -1));
    const QColor kind = nodelook::colorOf(m_type->kind());
    painter.fillRect(QRect(card.left(), card.top(), qMax(2, card.width() / 25), card.height()), kind);
    const int bar = qMax(1, card.height() / 10);
    painter.fillRect(QRect(card.left() + card.width() / 6, card.top() + card.height() / 4, card.width() / 2, bar), theme.color("secondary"));
    painter.fillRect(QRect(card.left() + card.width() / 6, card.top() + card.height() / 2, card.width() * 2 / 3, bar), theme.color("nodeBorder"));
    const bool isFailed = m_live && m_live->state == NodeStatus::State::Failed;
    if (isFailed || !m_problem.isEmpty()) {
        const int side = qMax(4, card.height() / 3);
        painter.fillRect(QRect(card.right() - side, card.top(), side, side), theme.color("problem"));
    }
    if (!m_weakness.isEmpty())
        painter.fillRect(QRect(card.left(), card.bottom() - bar, card.width(), bar), theme.color("wireDrops"));
}

} // namespace sluice
