#!/usr/bin/env python3
"""A small shop that logs: a program to look at in Sluice.

It knows nothing of Sluice but the three lines that connect any Python program to it.
"""
import argparse
import logging
import logging.handlers
import random
import threading
import time

CUSTOMERS = ["Ada Lovelace", "Søren Kierkegaard", "Zoë Müller", "王小明", "Олена Шевченко", "José García"]
PRODUCTS = ["Espresso machine", "Crème brûlée set", "抹茶 bowl", "Desk lamp", "Fahrradschlüssel", "Notebook A5"]
PATHS = ["/", "/cart", "/api/orders", "/api/products?page=2", "/login", "/static/app.css", "/api/search?q=lampe"]

access = logging.getLogger("shop.http.access")
http = logging.getLogger("shop.http")
db = logging.getLogger("shop.db")
pool = logging.getLogger("shop.db.pool")
auth = logging.getLogger("shop.auth")
payments = logging.getLogger("shop.payments")
mail = logging.getLogger("worker.mail")
images = logging.getLogger("worker.images.thumbnail")
scheduler = logging.getLogger("scheduler")


class PaymentRefused(Exception):
    pass


class Shop:
    def __init__(self, rate, records, seed):
        self.random = random.Random(seed)
        self.pause = 1.0 / rate if rate else 0.0
        self.left = records or None
        self.lock = threading.Lock()
        self.stopped = threading.Event()

    def go_on(self):
        """Waits for the next event; false when the shop closes."""
        with self.lock:
            if self.left is not None:
                if self.left <= 0:
                    self.stopped.set()
                else:
                    self.left -= 1
            wait = self.pause * self.random.uniform(0.2, 1.8)
        return not self.stopped.wait(wait) if wait else not self.stopped.is_set()

    def chance(self, probability):
        return self.random.random() < probability

    def request(self):
        customer = self.random.choice(CUSTOMERS)
        path = self.random.choice(PATHS)
        milliseconds = round(self.random.lognormvariate(3.2, 0.8), 1)
        context = {
            "request_id": f"{self.random.getrandbits(48):012x}",
            "user": {"name": customer, "roles": ["customer"] + (["vip"] if self.chance(0.2) else [])},
            "timing": {"total": milliseconds, "db": round(milliseconds * 0.6, 1), "render": None},
        }
        status = 200 if self.chance(0.93) else self.random.choice([304, 404, 500])
        access.info("%s %s %d %.1f ms", "GET" if self.chance(0.8) else "POST", path, status, milliseconds, extra=context)
        if milliseconds > 90:
            http.warning("Slow response: %s took %.0f ms", path, milliseconds, extra=context)

    def query(self):
        table = self.random.choice(["orders", "customers", "products"])
        db.debug("SELECT * FROM %s WHERE id = %s", table, self.random.randrange(10_000),
                 extra={"rows": self.random.randrange(1, 50), "cached": self.chance(0.5)})
        if self.chance(0.08):
            pool.info("Pool grew to %d connections", self.random.randrange(4, 16))
        if self.chance(0.03):
            db.warning("Lock on %s held for %.1f s by transaction %d", table, self.random.uniform(1, 4),
                       self.random.randrange(900_000, 999_999))
        if self.chance(0.02):
            try:
                self.commit(table)
            except TimeoutError:
                db.exception("Transaction rolled back", extra={"table": table, "attempt": 3})

    def commit(self, table):
        try:
            raise ConnectionResetError(104, "Connection reset by peer")
        except ConnectionResetError as error:
            raise TimeoutError(f"no answer from the primary while writing {table}") from error

    def pay(self, customer, product):
        amount = self.random.randrange(900, 25_000) / 100
        payments.info("%s pays %.2f € for %s", customer, amount, product,
                      extra={"order": {"customer": customer, "items": [{"name": product, "price": amount}]}})
        if self.chance(0.12):
            try:
                raise PaymentRefused(f"card of {customer} was refused: limit exceeded")
            except PaymentRefused:
                payments.exception("Payment failed", extra={"amount": amount, "currency": "EUR"})
        if self.chance(0.01):
            payments.critical("Payment provider unreachable, orders are held back")

    def background(self):
        choice = self.random.random()
        customer = self.random.choice(CUSTOMERS)
        product = self.random.choice(PRODUCTS)
        if choice < 0.3:
            mail.info("Sent confirmation to %s", customer)
        elif choice < 0.36:
            mail.warning("Greylisted by mx.example.org, trying again in 5 minutes")
        elif choice < 0.62:
            images.debug("Scaled %s to 320×240", product, extra={"size": (320, 240), "bytes": self.random.randrange(9_000, 90_000)})
        elif choice < 0.8:
            self.pay(customer, product)
        elif choice < 0.9:
            auth.info("%s signed in", customer)
        elif choice < 0.96:
            scheduler.info("Nightly report:\n  orders    %d\n  returns   %d\n  revenue   %d €", self.random.randrange(100, 400),
                           self.random.randrange(10), self.random.randrange(5_000, 40_000))
        else:
            auth.error("Five wrong passwords for %s, account locked", customer, extra={"address": "203.0.113.7"})

    def run(self, work):
        while self.go_on():
            work()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=logging.handlers.DEFAULT_TCP_LOGGING_PORT)
    parser.add_argument("--rate", type=float, default=4.0, help="events a second in each thread; 0: as fast as it can")
    parser.add_argument("--records", type=int, default=0, help="end after about so many; 0: never")
    parser.add_argument("--seed", type=int, default=None)
    arguments = parser.parse_args()

    handler = logging.handlers.SocketHandler(arguments.host, arguments.port)
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.DEBUG)

    shop = Shop(arguments.rate, arguments.records, arguments.seed)
    jobs = [("web-1", shop.request), ("web-2", shop.request), ("db", shop.query), ("worker", shop.background)]
    threads = [threading.Thread(target=shop.run, args=(work,), name=name, daemon=True) for name, work in jobs]
    logging.getLogger("shop").info("Shop opens on %s", time.strftime("%A"))
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            while thread.is_alive():
                thread.join(0.2)
    except KeyboardInterrupt:
        pass
    logging.shutdown()


if __name__ == "__main__":
    main()
