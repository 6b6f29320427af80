#pragma once

#include "chain/ChainTracer.h"

#include <QWidget>

#include <vector>

namespace sluice {

/// "Why is this record here?": the way of a record through the chain, from top to bottom, each node with a tick, or a
/// cross and what stopped the record there.
class RecordWay : public QWidget
{
    Q_OBJECT

public:
    explicit RecordWay(QWidget *parent = nullptr);

    void setSteps(std::vector<TraceStep> steps);
    const std::vector<TraceStep> &steps() const { return m_steps; }
    /// As lines of text.
    QString text() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    int lineHeight() const;
    /// "errors.log: level ERROR is not reached"
    static QString words(const TraceStep &step);

    std::vector<TraceStep> m_steps;
};

} // namespace sluice
