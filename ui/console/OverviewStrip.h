#pragma once

#include "capture/LevelStrip.h"
#include "capture/ShownRows.h"

#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace sluice {

/// The whole list of rows in the height of its scroll bar: where there are errors, warnings, marks and what was
/// found. Each kind has a width and a side of its own, so that none is told by colour alone. A click goes there.
class OverviewStrip : public QWidget
{
    Q_OBJECT

public:
    /// The first row at or behind one that has the property; none if there is none. Quick: asked for each pixel.
    using Next = std::function<std::optional<std::uint64_t>(std::uint64_t row)>;

    explicit OverviewStrip(QWidget *parent = nullptr);

    void setMarks(Next next) { m_nextMark = std::move(next); }
    void setMatches(Next next) { m_nextMatch = std::move(next); }
    /// `levels`: of the same rows as they came, as far as it is known.
    void setRows(const ShownRows &rows, const LevelStrip &levels);
    /// Marks or matches have changed.
    void refresh();

    /// What stands at a height, in words; empty if there is nothing.
    QString inWords(int y) const;

    QSize sizeHint() const override { return {14, 100}; }

Q_SIGNALS:
    /// The place in the list.
    void placeChosen(int index);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Dot
    {
        Severity worst = Severity::Debug;
        bool mark = false;
        bool match = false;
    };

    /// Places in the list, counted from its first row, that a pixel stands for.
    std::pair<std::size_t, std::size_t> range(int y) const;
    bool hasOne(const Next &next, std::size_t begin, std::size_t end) const;
    bool hasOneInTime(const Next &next, std::size_t begin, std::size_t end) const;
    Severity worst(std::size_t begin, std::size_t end) const;
    const Dot &dot(int y) const;

    ShownRows m_rows;
    LevelStrip m_levels;
    Next m_nextMark;
    Next m_nextMatch;
    mutable std::vector<Dot> m_dots; ///< by pixel; empty: to be made
};

} // namespace sluice
