#pragma once

#include <QPixmap>
#include <QWidget>

namespace sluice {

class ChainCanvas;

/// The whole chain in the corner of its canvas, with a frame around what is seen; a press or a drag goes there. Out of sight while
/// all is seen anyway. For the UI thread.
class Minimap : public QWidget
{
    Q_OBJECT

public:
    explicit Minimap(ChainCanvas &canvas);

    /// The chain or what is seen of it is otherwise.
    void refresh();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    /// What it shows, in the scene.
    QRectF extent() const;
    double scale() const;
    QPointF corner() const;
    void go(const QPointF &position);

    ChainCanvas &m_canvas;
};

} // namespace sluice
