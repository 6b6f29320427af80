#pragma once

#include <QFrame>

class QLabel;
class QListView;

namespace sluice {

class FilterCandidates;

/// What hangs below the filter field: what is wrong with the expression, and what may be typed. It lies over the
/// window and never takes the focus; the field has the keys.
class FilterPopup : public QFrame
{
    Q_OBJECT

public:
    explicit FilterPopup(QWidget *field);

    FilterCandidates *candidates() const { return m_candidates; }
    QListView *list() const { return m_list; }
    /// The sentence that is shown; empty if nothing is wrong.
    QString problem() const;
    void setProblem(const QString &sentence);

    bool isListOpen() const;
    void setListOpen(bool open);
    /// -1: none.
    int currentRow() const;
    void setCurrentRow(int row);
    /// One up or down; beyond the end, none.
    void step(int by);

    /// Shows what there is to show, below the field or, where there is no room, above it; or nothing.
    void refresh();

Q_SIGNALS:
    /// The reader clicked a candidate.
    void chosen(int row);

private:
    QWidget *const m_field;
    FilterCandidates *m_candidates;
    QLabel *m_problem;
    QListView *m_list;
    bool m_open = false;
};

} // namespace sluice
