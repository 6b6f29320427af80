#pragma once

#include "record/LogRecordBatch.h"

#include <QMenu>
#include <QScrollArea>

#include <vector>

class QLabel;

namespace sluice {

class FieldModel;
class FieldTree;
class FoundText;
class NoteField;
class RecordWay;
class SourceLink;
class TextBlock;
struct TraceStep;

/// One record in full: message, traceback, stack, JSON in the message and extra fields as trees, every attribute, and the
/// way that it came.
class RecordDetail : public QScrollArea
{
    Q_OBJECT

public:
    explicit RecordDetail(QWidget *parent = nullptr);

    /// Shows a record; it need not outlive the call.
    void showRecord(const LogRecord &record);
    /// How the record came here; `otherwise` where there is no way to tell.
    void showWay(std::vector<TraceStep> steps, const QString &otherwise);
    /// Shows where what is looked for stands, in message and traceback.
    void setFound(const FoundText &found);

    FieldModel *attributes() const { return m_attributes; }
    FieldModel *extra() const { return m_extra; }
    FieldModel *json() const { return m_json; }
    FieldTree *extraTree() const { return m_extraTree; }
    FieldTree *attributeTree() const { return m_attributeTree; }
    NoteField *note() const { return m_note; }
    SourceLink *source() const { return m_source; }
    RecordWay *way() const { return m_way; }
    TextBlock *message() const { return m_message; }
    TextBlock *traceback() const { return m_traceback; }

Q_SIGNALS:
    /// The menu of a field opens, as FieldTree says.
    void fieldMenuOpening(QMenu *menu, const QString &field, const QString &value);

private:
    class LevelMark;

    QString wholeText() const;

    LevelMark *m_mark;
    QLabel *m_levelname;
    QLabel *m_name;
    QLabel *m_time;
    TextBlock *m_message;
    TextBlock *m_traceback;
    TextBlock *m_stack;
    QWidget *m_extraSection;
    SourceLink *m_source;
    NoteField *m_note;
    QWidget *m_jsonSection;
    FieldModel *m_json;
    FieldTree *m_jsonTree;
    QWidget *m_waySection;
    RecordWay *m_way;
    QLabel *m_noWay;
    FieldModel *m_extra;
    FieldModel *m_attributes;
    FieldTree *m_extraTree;
    FieldTree *m_attributeTree;
};

} // namespace sluice
