import nock from 'nock';

/**
 * Import this where a test speaks HTTP to anything but its own app: requests that leave this machine fail, and the
 * interceptors go when the file is done.
 */
nock.disableNetConnect();
nock.enableNetConnect(/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/);

afterAll(() => {
  nock.cleanAll();
  nock.restore();
});
