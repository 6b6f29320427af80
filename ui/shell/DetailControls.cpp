#include "shell/DetailControls.h"

#include "console/DetailPane.h"
#include "console/NoteField.h"
#include "console/RecordDetail.h"
#include "console/SourceLink.h"
#include "console/Words.h"
#include "shell/EditorLauncher.h"
#include "shell/Session.h"

namespace sluice {

DetailControls::DetailControls(DetailPane *pane, Session &session, Settings &settings, QObject *parent)
    : QObject(parent), m_pane(pane), m_session(session), m_editor(new EditorLauncher(settings, this))
{
    connect(&session, &Session::runsChanged, this, [this] {
        m_tracers.clear();
        m_tracersMade = false;
        m_row.reset();
    });
    connect(pane, &DetailPane::recordMade, this, &DetailControls::connectRecord);
}

void DetailControls::connectRecord(RecordDetail *record)
{
    SourceLink *link = record->source();
    connect(link, &SourceLink::openRequested, this, [this, link](const QString &file, qint64 line) {
        link->setProblem({});
        m_editor->open(file, line);
    });
    connect(m_editor, &EditorLauncher::failed, link, &SourceLink::setProblem);
    connect(link, &SourceLink::editorChosen, this, [this](int editor) {
        m_editor->setCommand(EditorLauncher::editors()[static_cast<std::size_t>(editor)].command);
        showEditors();
    });
    connect(link, &SourceLink::commandChosen, this, [this](const QString &command) {
        m_editor->setCommand(command);
        showEditors();
    });
    showEditors();
}

DetailControls::~DetailControls() = default;

void DetailControls::showEditors()
{
    QStringList names;
    for (const EditorLauncher::Editor &editor : EditorLauncher::editors())
        names << editor.name;
    m_pane->record()->source()->setEditors(names, m_editor->name(), m_editor->command());
}

void DetailControls::clear()
{
    m_pane->clear();
    m_row.reset();
}

void DetailControls::showRecord(const LogRecord &record, const RecordStore &store, std::uint64_t row, std::uint32_t source,
                                Marks *marks)
{
    m_store = &store;
    m_row = row;
    m_pane->showRecord(record);
    m_pane->record()->note()->showRow(marks, row);
    // The live records, or those of a wire.
    if (dynamic_cast<const Capture *>(&store))
        showWay(record, store.sources(), source);
    else
        m_pane->showWay({}, tr("It was read from a file that is open, and came through no chain."));
}

void DetailControls::showWay(const LogRecord &record, const SourceNames &sources, std::uint32_t source)
{
    const std::string_view receiver =
        source < sources.size() ? sources.name(source).receiver : std::string_view();
    if (receiver.empty())
        return m_pane->showWay({}, tr("It is not known by which receiver it came."));
    if (!m_tracersMade) {
        for (const std::shared_ptr<Session::Run> &run : m_session.runs())
            m_tracers.push_back(std::make_unique<ChainTracer>(run->chain));
        m_tracersMade = true;
    }
    for (const std::unique_ptr<ChainTracer> &tracer : m_tracers) {
        std::vector<TraceStep> steps = tracer->trace(record, receiver);
        if (!steps.empty())
            return m_pane->showWay(std::move(steps));
    }
    m_pane->showWay({}, tr("It came by “%1”, which is not in the chain that runs now.")
                            .arg(words::fromUtf8(receiver, 200)));
}

} // namespace sluice
