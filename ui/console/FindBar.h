#pragma once

#include "console/ViewBar.h"

class QLabel;
class QLineEdit;

namespace sluice {

class RecordFinder;

/// Ctrl+F: what is looked for, how often it is there, and the way to the next one.
class FindBar : public ViewBar
{
    Q_OBJECT

public:
    explicit FindBar(RecordFinder *finder, QWidget *parent = nullptr);

    void open() override;
    void close() override;
    /// `current`: number of the selected record among those found, 0 if it is none.
    void showCounts(std::size_t current);

    QLineEdit *field() const { return m_field; }
    QLabel *counts() const { return m_counts; }

Q_SIGNALS:
    void textChanged(const QString &text);
    void nextRequested();
    void previousRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    RecordFinder *const m_finder;
    QLineEdit *m_field;
    QLabel *m_counts;
};

} // namespace sluice
