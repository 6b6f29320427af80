#pragma once

#include "base/CallQueue.h"
#include "base/KeyStore.h"

#include <QObject>
#include <QString>

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sluice {

/// Asks the system's key store, which may ask its person and let others wait for a minute, on threads of its own: nothing else waits
/// for it, neither the end of the program. What is told is told on the UI thread, whose this is.
class KeyStoreAsker : public QObject
{
    Q_OBJECT

public:
    using Answers = std::shared_ptr<const keystore::Answers>;
    struct Entry
    {
        std::string name;
        std::string secret;
    };

    explicit KeyStoreAsker(QObject *parent = nullptr);
    /// Nobody is told anything afterwards.
    ~KeyStoreAsker() override;

    /// Tells the answer to each name. Returns the question's number, which is above 0.
    int read(const std::vector<std::string> &names, std::function<void(const Answers &)> told);
    /// Tells how many were taken, in this order, and, where these are not all, why.
    int write(const std::vector<Entry> &entries, std::function<void(std::size_t taken, const QString &refusal)> told);
    /// Whoever asked is told nothing. What is not there any more is no error.
    void forget(int question);
    /// Whoever asks is told at once, of names as of entries, that nobody waited longer.
    void stopWaiting();
    bool isWaiting() const { return !m_questions.empty(); }

Q_SIGNALS:
    /// It waits, or not any more.
    void waitingChanged();

private:
    /// To the thread that asks for it.
    struct Line
    {
        std::mutex mutex;
        CallQueue *news = nullptr; ///< null once nobody is there to be told
        std::atomic<bool> isEnough = false;
    };
    struct Question
    {
        std::shared_ptr<Line> line;
        std::function<void()> giveUp;
    };
    /// On the thread of a question: returns what is to be done on the UI's.
    using Ask = std::function<std::function<void()>(const std::atomic<bool> &isEnough)>;

    int begin(Ask ask, std::function<void()> giveUp);
    void end(int question, const std::function<void()> &tell);
    static void hangUp(Line &line);

    std::map<int, Question> m_questions;
    int m_last = 0;
    CallQueue m_news;
};

} // namespace sluice
