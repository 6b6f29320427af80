#include "base/BlockMemory.h"
#include "support/Patience.h"

#include <cstring>
#include <memory>
#include <thread>
#include <vector>

using namespace sluice;

class BlockMemoryTest : public QObject
{
    Q_OBJECT

    static constexpr std::size_t mebi = std::size_t{1} << 20;

    using Memory = std::unique_ptr<BlockMemory>;

private Q_SLOTS:
    void allOfItCanBeWritten()
    {
        for (const std::size_t bytes : {std::size_t{1}, mebi / 8 - 1, mebi / 8, mebi, mebi + 1, 3 * mebi - 5}) {
            const BlockMemory memory(bytes);
            std::memset(memory.get(), 0x5A, bytes);
            QCOMPARE(memory.get()[bytes - 1], std::byte{0x5A});
        }
    }

    void whatWasGivenBackIsTheNextOfAboutItsSize()
    {
        auto first = std::make_unique<BlockMemory>(5 * mebi);
        const std::byte *where = first->get();
        const std::size_t before = BlockMemory::spare();
        first.reset();
        QCOMPARE(BlockMemory::spare(), before + 5 * mebi);
        const BlockMemory other(7 * mebi); // needs another size
        QVERIFY(other.get() != where);
        const BlockMemory next(5 * mebi - 100);
        QCOMPARE(next.get(), where);
        QCOMPARE(BlockMemory::spare(), before);
    }

    void smallOnesAreMallocs()
    {
        const std::size_t before = BlockMemory::spare();
        std::make_unique<BlockMemory>(1000).reset();
        QCOMPARE(BlockMemory::spare(), before);
    }

    void notMuchIsKept()
    {
        std::vector<Memory> many;
        for (int i = 0; i < 40; ++i)
            many.push_back(std::make_unique<BlockMemory>(mebi));
        many.clear();
        QVERIFY(BlockMemory::spare() > BlockMemory::mostSpare - mebi);
        QVERIFY(BlockMemory::spare() <= BlockMemory::mostSpare);
    }

    void anyThreadMayTakeAndGiveBack()
    {
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([i] {
                for (int turn = 0; turn < 200; ++turn) {
                    const BlockMemory memory(mebi / 4 + static_cast<std::size_t>(i % 2) * mebi / 4);
                    const auto mark = static_cast<std::byte>(i);
                    std::memset(memory.get(), i, mebi / 4);
                    if (memory.get()[0] != mark || memory.get()[mebi / 4 - 1] != mark)
                        qFatal("two have the same memory");
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(BlockMemory::spare() <= BlockMemory::mostSpare);
    }
};

QTEST_GUILESS_MAIN(BlockMemoryTest)
#include "BlockMemoryTest.moc"
