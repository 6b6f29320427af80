#pragma once

#include <QWidget>

namespace sluice {

/// Covers a window while files are dragged over it, and says what dropping them does.
class DropFrame : public QWidget
{
    Q_OBJECT

public:
    explicit DropFrame(QWidget *window);

protected:
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace sluice
