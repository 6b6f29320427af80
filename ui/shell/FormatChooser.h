#pragma once

#include "shell/FormatPreviewer.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QTreeView;

namespace sluice {

class FormatPreviewModel;

/// How the lines of a log become records: recognised, one of the formats there are, or a pattern of one's own, with what it
/// makes of the first lines below it.
class FormatChooser : public QWidget
{
    Q_OBJECT

public:
    explicit FormatChooser(QWidget *parent = nullptr);

    /// Of the labels in front of its fields, so that a form above it lines up with them.
    static int labelWidth();

    void setChoice(const TextFormatChoice &choice);
    TextFormatChoice choice() const;
    /// What is shown as an example: the file that a path, which may have wildcards, means; or lines.
    void setFile(const QString &path);
    void setText(const QString &text);
    /// Whether the choice makes a format, as far as is known.
    bool isValid() const { return m_isValid; }

    QComboBox *formats() const { return m_formats; }
    QLineEdit *patternField() const { return m_pattern; }
    QLineEdit *timeFormatField() const { return m_timeFormat; }
    /// What is wrong with the pattern.
    QLabel *problem() const { return m_problem; }
    /// What is wrong with the time format.
    QLabel *timeProblem() const { return m_timeProblem; }
    /// What was recognised, and how much could be read.
    QLabel *summary() const { return m_summary; }
    FormatPreviewModel *preview() const { return m_model; }

Q_SIGNALS:
    void changed();

private:
    void choose();
    void show(const FormatPreview &preview);

    QComboBox *m_formats;
    QLabel *m_patternLabel;
    QLineEdit *m_pattern;
    QLabel *m_timeLabel;
    QLineEdit *m_timeFormat;
    QLabel *m_problem;
    QLabel *m_timeProblem;
    QLabel *m_summary;
    FormatPreviewModel *m_model;
    QTreeView *m_table;
    FormatPreviewer *m_previewer;
    FormatPreviewer::Request m_request;
    bool m_isValid = true;
};

} // namespace sluice
