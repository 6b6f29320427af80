#pragma once

#include "capture/LogFile.h"
#include "capture/RecordStore.h"
#include "chain/Wire.h"
#include "text/TextFormats.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace sluice {

class FrameClock;
class Marks;
class TapFeed;

/// What views show, and what they share: the live capture, a file that was opened, or what passes a wire of the chain. While a file is being opened, and
/// where it cannot be, its store is an empty one. For the UI thread.
class Document : public QObject
{
    Q_OBJECT

public:
    enum class State { Live, Opening, Open, Missing, Wire };

    /// The live capture.
    explicit Document(std::shared_ptr<RecordStore> live, QObject *parent = nullptr);
    /// A file that is still to be opened.
    Document(QString path, TextFormatChoice choice, QObject *parent = nullptr);
    /// A wire that is looked at. Takes the feed over.
    explicit Document(TapFeed *feed, QObject *parent = nullptr);
    ~Document() override;

    State state() const { return m_state; }
    bool isLive() const { return m_state == State::Live; }
    /// Absolute; empty for the live capture; of a wire a name that no file has.
    const QString &path() const { return m_path; }
    /// "app.log"
    QString name() const;
    /// How the file's text is to be read.
    const TextFormatChoice &choice() const { return m_choice; }

    const std::shared_ptr<RecordStore> &store() const { return m_store; }
    /// Of the store; another one with another store.
    FrameClock *clock() const { return m_clock; }
    Marks *marks() const { return m_marks; }
    /// Null unless it is a wire's.
    TapFeed *tap() const { return m_tap; }
    /// What stands for the path of a wire.
    static QString pathOf(const Wire &wire);
    /// The store, if it is a log of text.
    LogFile *log() const { return m_log; }

    /// Takes another store. The old one is handed back: letting it go may wait for its threads.
    std::shared_ptr<RecordStore> setStore(std::shared_ptr<RecordStore> store);
    /// As before it was opened.
    std::shared_ptr<RecordStore> setOpening(TextFormatChoice choice);
    /// It cannot be opened; why, in a sentence.
    void setMissing(const QString &why);
    const QString &problem() const { return m_problem; }
    /// What is wrong beside the store, in sentences that StoreNotices shows; each is told once.
    void tell(const QString &sentence);
    const std::vector<QString> &told() const { return m_told; }

    /// Path, format, and why that one, in lines.
    QString about() const;
    /// "Python: time - logger - level - message"; "Saved capture".
    QString kindInWords() const;

    enum class Work { None, Unpacking, Indexing, Counting, Stopped };
    /// What goes on with the file.
    Work work() const;
    /// Part of the file that is indexed, or unpacked where that goes on, from 0 to 1.
    double indexed() const;
    /// Ends indexing, counting and following; what is known stays.
    void stopWork();

Q_SIGNALS:
    /// Something of the above is other than before. Not for rows.
    void changed();

private:
    void look();
    std::shared_ptr<RecordStore> replaceStore(std::shared_ptr<RecordStore> store);

    State m_state;
    QString m_path;
    TextFormatChoice m_choice;
    QString m_problem;
    std::vector<QString> m_told;
    std::shared_ptr<RecordStore> m_store;
    FrameClock *m_clock = nullptr;
    Marks *m_marks;
    LogFile *m_log = nullptr;
    TapFeed *m_tap = nullptr;
    bool m_stopped = false;
    Work m_seenWork = Work::None;
    int m_seenPercent = 0;
    std::string m_seenFormat;
};

} // namespace sluice
