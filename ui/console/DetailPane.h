#pragma once

#include "record/LogRecordBatch.h"

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace sluice {

class FieldModel;
class FieldTree;
class TextBlock;

/// One record in full: message, traceback, stack, extra fields as a tree, and every attribute.
class DetailPane : public QWidget
{
    Q_OBJECT

public:
    explicit DetailPane(QWidget *parent = nullptr);

    /// Shows a record; it need not outlive the call.
    void showRecord(const LogRecord &record);
    void clear();
    bool isEmpty() const;

    FieldModel *attributes() const { return m_attributes; }
    FieldModel *extra() const { return m_extra; }
    TextBlock *message() const { return m_message; }
    TextBlock *traceback() const { return m_traceback; }

    QSize sizeHint() const override { return {380, 400}; }

private:
    class LevelMark;

    QString wholeText() const;

    QStackedWidget *m_pages;
    LevelMark *m_mark;
    QLabel *m_levelname;
    QLabel *m_name;
    QLabel *m_time;
    TextBlock *m_message;
    TextBlock *m_traceback;
    TextBlock *m_stack;
    QWidget *m_extraSection;
    FieldModel *m_extra;
    FieldModel *m_attributes;
    FieldTree *m_extraTree;
    FieldTree *m_attributeTree;
};

} // namespace sluice
