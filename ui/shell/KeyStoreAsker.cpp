#include "shell/KeyStoreAsker.h"

#include <thread>
#include <utility>

namespace sluice {

KeyStoreAsker::KeyStoreAsker(QObject *parent) : QObject(parent) {}

KeyStoreAsker::~KeyStoreAsker()
{
    for (const auto &[number, question] : m_questions)
        hangUp(*question.line);
}

int KeyStoreAsker::read(const std::vector<std::string> &names, std::function<void(const Answers &)> told)
{
    return begin(
        [names, told](const std::atomic<bool> &isEnough) -> std::function<void()> {
            return [told, answers = std::make_shared<const keystore::Answers>(keystore::read(names, isEnough))] { told(answers); };
        },
        [names, told] {
            keystore::Answers none;
            for (const std::string &name : names)
                none.emplace(name, keystore::notWaitedFor(name));
            told(std::make_shared<const keystore::Answers>(std::move(none)));
        });
}

int KeyStoreAsker::write(const std::vector<Entry> &entries, std::function<void(std::size_t, const QString &)> told)
{
    return begin(
        [entries, told](const std::atomic<bool> &isEnough) -> std::function<void()> {
            std::size_t taken = 0;
            Status status;
            while (taken < entries.size() && !isEnough && (status = keystore::write(entries[taken].name, entries[taken].secret)))
                ++taken;
            // Nobody refers to what was kept too late.
            for (std::size_t i = 0; isEnough && i < taken; ++i)
                (void)keystore::remove(entries[i].name);
            return [told, taken, refusal = status ? QString() : QString::fromStdString(status.error().text)] { told(taken, refusal); };
        },
        [told] { told(0, tr("Nobody waited for the system's key store.")); });
}

void KeyStoreAsker::forget(int question)
{
    const auto found = m_questions.find(question);
    if (found == m_questions.end())
        return;
    hangUp(*found->second.line);
    m_questions.erase(found);
    if (!isWaiting())
        Q_EMIT waitingChanged();
}

void KeyStoreAsker::stopWaiting()
{
    const auto questions = std::exchange(m_questions, {});
    for (const auto &[number, question] : questions)
        hangUp(*question.line);
    if (!questions.empty())
        Q_EMIT waitingChanged();
    for (const auto &[number, question] : questions)
        question.giveUp();
}

int KeyStoreAsker::begin(Ask ask, std::function<void()> giveUp)
{
    const int number = ++m_last;
    const auto line = std::make_shared<Line>();
    line->news = &m_news;
    m_questions.emplace(number, Question{line, std::move(giveUp)});
    // It may wait for a store that hangs: nobody waits for it.
    std::thread([this, line, number, ask = std::move(ask)] {
        const std::function<void()> tell = ask(line->isEnough);
        const std::lock_guard lock(line->mutex);
        if (line->news)
            line->news->post([this, number, tell] { end(number, tell); });
    }).detach();
    if (m_questions.size() == 1)
        Q_EMIT waitingChanged();
    return number;
}

void KeyStoreAsker::end(int question, const std::function<void()> &tell)
{
    if (m_questions.erase(question) == 0)
        return;
    if (!isWaiting())
        Q_EMIT waitingChanged();
    tell();
}

void KeyStoreAsker::hangUp(Line &line)
{
    line.isEnough = true;
    const std::lock_guard lock(line.mutex);
    line.news = nullptr;
}

} // namespace sluice
