#pragma once

#include <QStringList>
#include <QWidget>

namespace sluice {

/// Takes what is dragged over a window: covers it while files are, says what dropping them does, and tells which were dropped.
class DropFrame : public QWidget
{
    Q_OBJECT

public:
    explicit DropFrame(QWidget *window);

    bool eventFilter(QObject *object, QEvent *event) override;

Q_SIGNALS:
    void dropped(const QStringList &files);

protected:
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace sluice
