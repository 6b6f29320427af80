#pragma once

#include <QObject>

namespace sluice {

/// Lets a window's program end as by its user when the system asks it to (SIGTERM, SIGINT, SIGHUP): what handlers hold gets out, what
/// is drawn is kept. Asked a second time, it ends at once. On Windows, where a window is asked by its own messages, it does nothing.
class EndSignals : public QObject
{
    Q_OBJECT

public:
    /// One at a time, on the application's thread.
    explicit EndSignals(QObject *parent = nullptr);
    ~EndSignals() override;

Q_SIGNALS:
    void asked();
};

} // namespace sluice
