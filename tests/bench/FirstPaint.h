#pragma once

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <chrono>
#include <cstdio>

namespace sluice::bench {

/// Ends the program when the widget has been painted for the first time, and prints the seconds of the monotonic clock,
/// which all programs of the machine share.
class FirstPaint : public QObject
{
public:
    explicit FirstPaint(QWidget *widget) : m_widget(widget) { widget->installEventFilter(this); }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            m_widget->removeEventFilter(this);
            QTimer::singleShot(0, m_widget, [] {
                const auto now = std::chrono::steady_clock::now().time_since_epoch();
                std::printf("painted-at %.6f\n", std::chrono::duration<double>(now).count());
                std::fflush(stdout);
                QCoreApplication::quit();
            });
        }
        return false;
    }

private:
    QWidget *const m_widget;
};

} // namespace sluice::bench
