#pragma once

#include "chain/ChainTracer.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace sluice {

class DetailPane;
class EditorLauncher;
class Marks;
class RecordDetail;
class RecordStore;
class Session;
class SourceNames;
class Settings;

/// What the detail pane says beyond the record itself: the way that it came through the chains that run, and the editor
/// that opens its source.
class DetailControls : public QObject
{
    Q_OBJECT

public:
    DetailControls(DetailPane *pane, Session &session, Settings &settings, QObject *parent);
    ~DetailControls() override;

    /// `row` in the store; `source`: its number in the store's SourceNames; `marks`: those of the store.
    void showRecord(const LogRecord &record, const RecordStore &store, std::uint64_t row, std::uint32_t source,
                    Marks *marks);
    /// Whether that is what is shown, and all that is said of it still holds: shown anew, the reader would lose place
    /// and selection.
    bool isShown(const RecordStore &store, std::uint64_t row) const { return m_store == &store && m_row == row; }
    void clear();

    EditorLauncher *editor() const { return m_editor; }

private:
    void showWay(const LogRecord &record, const SourceNames &sources, std::uint32_t source);
    void connectRecord(RecordDetail *record);
    void showEditors();

    DetailPane *const m_pane;
    const RecordStore *m_store = nullptr; ///< of the row; only to tell it from others
    std::optional<std::uint64_t> m_row;
    Session &m_session;
    EditorLauncher *m_editor;
    /// Of the session's chains, in their order; made when the first record asks.
    std::vector<std::unique_ptr<ChainTracer>> m_tracers;
    bool m_tracersMade = false;
};

} // namespace sluice
