#pragma once

#include "capture/RecordStore.h"

#include <QAbstractListModel>

#include <chrono>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace sluice {

/// Who has sent records to a capture: by whom, over what, how many, how fast, how bad, and when last. Grows and
/// changes with refresh().
class SourceListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        NumberRole = Qt::UserRole, ///< in SourceNames
        WhereRole,                 ///< second line: from where and over which receiver
        FiguresRole,               ///< third line, in parts: records, errors (or nothing), when last seen
        RateRole,                  ///< records a second, in words; empty if there are none
        ErrorsRole,
        ShownRole, ///< whether the current view shows its records
        ActiveRole ///< whether it sent something within the last seconds
    };

    explicit SourceListModel(std::shared_ptr<const RecordStore> capture, QObject *parent = nullptr);

    /// Shows another store's from now on.
    void setStore(std::shared_ptr<const RecordStore> store);
    const std::shared_ptr<const RecordStore> &store() const { return m_capture; }
    /// How sources are that do not run, in a word, by their receivers.
    void setStates(std::map<std::string, QString> states) { m_states = std::move(states); }

    /// A few times a second. `now`: of a clock that only goes forward.
    void refresh(std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now());

    /// What the current view's filter says; of `alone` only, if it is not empty, without the muted.
    void setFilter(const std::vector<std::uint32_t> &alone, const std::vector<std::uint32_t> &muted);

    std::uint32_t number(const QModelIndex &index) const;
    /// As a source is called everywhere in the window: by its process, or else by where it is.
    static QString nameOf(const SourceNames &sources, std::uint32_t source);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Item
    {
        SourceNames::Figures figures;
        std::int64_t seenAtRate = 0; ///< records when the rate was last told
        double rate = 0;             ///< a second
        bool isShown = true;
    };

    bool isShown(std::uint32_t source) const;
    QString wordsOfRate(const Item &item) const;
    QStringList wordsOfFigures(const Item &item) const;

    std::shared_ptr<const RecordStore> m_capture;
    std::vector<Item> m_items; ///< by number in SourceNames
    std::map<std::string, QString> m_states;
    std::set<std::uint32_t> m_alone;
    std::set<std::uint32_t> m_muted;
    std::chrono::steady_clock::time_point m_rated;
};

} // namespace sluice
