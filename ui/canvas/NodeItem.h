#pragma once

#include "canvas/CanvasView.h"
#include "chain/ChainLayout.h"
#include "chain/ChainNode.h"
#include "chain/RouterStatus.h"

#include <QPixmap>
#include <QString>

#include <optional>
#include <string_view>
#include <vector>

class QPainter;

namespace sluice {

/// A node on the canvas: its card with icon, name, state, words and counters, and its ports. Painted once into a pixmap
/// for each zoom, which is all that a frame costs afterwards. For the UI thread.
class NodeItem
{
public:
    static constexpr double width = ChainLayout::nodeWidth;
    static constexpr double height = ChainLayout::nodeHeight;
    static constexpr double portRadius = 5;

    /// What a running node shows.
    struct Live
    {
        NodeStatus::State state = NodeStatus::State::Stopped;
        QString counters; ///< "12,480 records · 120/s"
        QString dropped;  ///< "17 dropped"; empty if none were
        QString reason;   ///< of a failure, or the last error

        bool operator==(const Live &) const = default;
    };

    /// What a rehearsal found about it.
    struct Rehearsed
    {
        QString words; ///< "1,200 lines, was 2,000"
        bool differs = false;

        bool operator==(const Rehearsed &) const = default;
    };

    /// How it is painted this time.
    struct Look
    {
        CanvasView view;
        bool isSelected = false;
        bool isFocused = false;   ///< it has the keyboard
        bool isTarget = false;    ///< a wire that is being drawn may end here
        bool isDimmed = false;    ///< it may not
        bool isHovered = false;
        bool isMoving = false;    ///< the zoom changes: rather quick than sharp
    };

    explicit NodeItem(const ChainNode &node) { set(node); }

    void set(const ChainNode &node);
    const std::string &id() const { return m_id; }
    const NodeType &type() const { return *m_type; }
    const QString &name() const { return m_name; }
    const QString &words() const { return m_words; }

    QPointF position() const { return m_position; }
    void setPosition(const QPointF &position) { m_position = position; }
    QRectF rect() const { return {m_position, QSizeF(width, height)}; }
    /// With ports, badge and the ring of a selection.
    QRectF bounds() const { return rect().adjusted(-10, -10, 10, 10); }
    /// Left in the middle; receivers have none.
    QPointF input() const { return m_position + QPointF(0, height / 2); }
    /// "out" at the right in the middle, all others at the bottom.
    QPointF output(std::size_t index) const;
    bool isAtBottom(std::size_t index) const;
    std::optional<std::size_t> outputIndex(std::string_view port) const;

    /// Whether it changed anything.
    bool setLive(const std::optional<Live> &live);
    const std::optional<Live> &live() const { return m_live; }
    /// While there is one it stands where the counters are.
    bool setRehearsed(const std::optional<Rehearsed> &rehearsed);
    const std::optional<Rehearsed> &rehearsed() const { return m_rehearsed; }
    bool setProblem(const QString &sentence);
    const QString &problem() const { return m_problem; }
    /// Why it is the weakest link of a route; empty if it is not.
    bool setWeakness(const QString &why);
    const QString &weakness() const { return m_weakness; }

    QString toolTip() const;
    /// What a screen reader says.
    QString spoken() const;

    void paint(QPainter &painter, const Look &look) const;
    /// Over what else is painted on it: whether it is the weakest link.
    void paintWeakness(QPainter &painter, const CanvasView &view) const;
    void releasePixmap() const { m_card = {}; }

private:
    void paintCard(QPainter &painter) const;
    void paintPlain(QPainter &painter, const Look &look) const;
    void paintPorts(QPainter &painter, const Look &look) const;
    void paintBadge(QPainter &painter, const Look &look) const;
    const QPixmap &card(double scale, bool mayBeStale) const;

    std::string m_id;
    const NodeType *m_type = nullptr;
    QString m_name;
    QString m_words;
    QPointF m_position;
    QString m_problem;
    QString m_weakness;
    std::optional<Live> m_live;
    std::optional<Rehearsed> m_rehearsed;
    mutable QPixmap m_card;
    mutable double m_cardScale = 0;
    mutable QString m_cardTheme;
};

} // namespace sluice
