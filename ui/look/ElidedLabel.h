#pragma once

#include <QLabel>

namespace sluice {

/// One line that shows what fits, with an ellipsis for the rest, and then all of it as a tooltip, unless it has another.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);
    /// Leaves out the end, or else the middle.
    ElidedLabel(const QString &text, Qt::TextElideMode mode, QWidget *parent = nullptr);

    /// The words that there is room for.
    QString shownText() const;

    QSize minimumSizeHint() const override { return {40, QLabel::minimumSizeHint().height()}; }

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    Qt::TextElideMode m_mode = Qt::ElideMiddle;
};

} // namespace sluice
