#pragma once

#include "console/RecordExport.h"
#include "console/ViewBar.h"

#include <QTimer>

class QComboBox;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;

namespace sluice {

class RecordTable;
class RecordTableModel;

/// What a view takes out of the window: copies of what is selected, and files with what it shows. Shows itself
/// where that takes a while, with a way to cancel.
class ExportBar : public ViewBar
{
    Q_OBJECT

public:
    explicit ExportBar(RecordTable *table, RecordTableModel *model, QWidget *parent = nullptr);

    void open() override;
    /// The same, ready to save all records as a capture.
    void openForCapture();
    /// Puts the selected records on the clipboard.
    void copy(RecordTextOptions::Kind kind);
    /// Writes records to a file, as the bar's fields say.
    void exportTo(const QString &path);

    QComboBox *kind() const { return m_kind; }
    /// What the view shows, or all records whatever its filter.
    QComboBox *which() const { return m_which; }
    QLineEdit *format() const { return m_format; }
    QPushButton *button() const { return m_button; }
    QLabel *words() const { return m_words; }
    RecordExport *work() const { return m_export; }

private:
    void choose();
    void start(RecordExport::Job job, bool copies);
    void finished(quint64 records, const QString &text, const QString &error, quint64 unreadable);
    void updateFields();
    std::vector<std::string> columns() const;

    RecordTable *const m_table;
    RecordTableModel *const m_model;
    RecordExport *m_export;
    QComboBox *m_kind;
    QComboBox *m_which;
    QLineEdit *m_format;
    QPushButton *m_button;
    QProgressBar *m_progress;
    QLabel *m_words;
    QTimer m_poll;
    QString m_path;
    bool m_copies = false;
    std::size_t m_left = 0; ///< selected, but more than can be copied
};

} // namespace sluice
